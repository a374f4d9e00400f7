import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const bar = `document.querySelector('#pins-button')`;
const barSays = (words: string) =>
  `!${bar}.hidden && ${bar}.innerText.replace(/\\s+/g, ' ').trim() === ${JSON.stringify(words)}`;

inBrowser('pins in the web chat', () => {
  let system: LocalSystem;
  let browser: Browser;
  let bob: Person;
  beforeAll(async () => {
    system = await startTestSystem();
    [browser, bob] = await Promise.all([startChromium(), join(system, 'bob')]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  test('by keyboard: pinned, shown above the chat and in a list, taken off; what is taken back leaves the screen', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    const say = async (words: string) =>
      (await bob.call('send', { conversationId, content: text(words) })).seq;
    const [address, secret] = [await say('Harbour Road 5'), await say('a secret')];
    await enter(tab, 'bob');
    await tab.until(`document.querySelectorAll('.message .pin:not([hidden])').length === 2`);
    expect(await tab.evaluate(`${bar}.hidden`)).toBe(true);
    await tab.evaluate(`document.querySelector('.message .pin').focus()`);
    await tab.press('Enter');
    await tab.until(barSays('Pinned Harbour Road 5'));
    await tab.until(`document.querySelector('.message .meta').innerText.includes('pinned')`);
    await bob.until((pushes) =>
      pushes.some(({ type, seq, on }) => type === 'pinned' && seq === address && on),
    );

    // What somebody else pins comes, and goes with its message.
    await bob.call('pin', { conversationId, seq: secret, on: true });
    await tab.until(barSays('2 pinned a secret'));
    await tab.evaluate(`${bar}.focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('#pins li').length === 2`);
    await bob.call('recall', { conversationId, seq: secret });
    await tab.until(`document.querySelectorAll('#pins li').length === 1`);
    expect(await tab.evaluate(`document.querySelector('#pins').innerText.includes('secret')`)).toBe(false);
    await tab.until(barSays('Pinned Harbour Road 5'));

    await tab.evaluate(`document.querySelector('#pins li button').focus()`);
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#pins').open`);
    await tab.until(`${bar}.hidden`);
    expect(await tab.evaluate(`document.querySelector('#pins').innerText.includes('Harbour')`)).toBe(false);
    await bob.until((pushes) =>
      pushes.some(({ type, seq, on }) => type === 'pinned' && seq === address && !on),
    );
    expect(tab.complaints).toEqual([]);
  });
});
