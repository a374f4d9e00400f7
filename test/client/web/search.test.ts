import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const results = `[...document.querySelectorAll('#search .found li .found-text')].map((each) => each.textContent)`;

inBrowser('searching a chat in the web chat', () => {
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

  test('by keyboard: words, what they stand in, marked; what is erased meanwhile leaves the list', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    for (const words of ['the ferry on Sunday', 'no boat', '<b>FERRY</b>'])
      await bob.call('send', { conversationId, content: text(words) });
    await enter(tab, 'bob');
    await tab.evaluate(`document.querySelector('#search-button').focus()`);
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'search-words'`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#search-error').textContent.includes('Please write')`);
    await tab.type('ferry');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#search [role=status]').textContent === '2 messages'`);
    expect(await tab.evaluate(results)).toEqual(['<b>FERRY</b>', 'the ferry on Sunday']);
    expect(
      await tab.evaluate(`[...document.querySelectorAll('#search mark')].map((each) => each.textContent)`),
    ).toEqual(['FERRY', 'ferry']);
    await bob.call('erase', { scope: 'message', conversationId, seq: 1 });
    await tab.until(`${results}.length === 1`);
    expect(await tab.evaluate(results)).toEqual(['<b>FERRY</b>']);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#search').open`);
    expect(await tab.evaluate(`document.activeElement.id`)).toBe('search-button');
    // The event `close`, which empties it, comes after the dialog has closed.
    await tab.until(`!document.querySelector('#search').textContent.includes('FERRY')`);
    expect(tab.complaints).toEqual([]);
  });
});
