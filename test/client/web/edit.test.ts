import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const shown = `[...document.querySelectorAll('.message .text')].map((each) => each.textContent)`;
const isSaid = (words: string) => `${shown}.includes(${JSON.stringify(words)})`;

inBrowser('a message that is edited or taken back in the web chat', () => {
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

  test('by keyboard: the pencil beside one’s own, other words, and that it was edited; then taken back', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    await bob.call('send', { conversationId, content: text('from bob') });
    await enter(tab, 'bob');
    await tab.evaluate(`document.querySelector('#text').focus()`);
    await tab.type('tomorow');
    await tab.press('Enter');
    await tab.until(`document.querySelector('.message.mine .edit:not([hidden])') !== null`);
    // What somebody else wrote is theirs.
    expect(await tab.evaluate(`document.querySelectorAll('.message .edit:not([hidden])').length`)).toBe(1);
    await tab.evaluate(`document.querySelector('.message.mine .edit').focus()`);
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'edit-text'`);
    expect(await tab.evaluate(`document.querySelector('#edit-text').value`)).toBe('tomorow');
    await tab.evaluate(`document.querySelector('#edit-text').select()`);
    await tab.type('tomorrow');
    await tab.tabTo('edit-save');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#edit').open`);
    await tab.until(isSaid('tomorrow'));
    expect(await tab.evaluate(isSaid('tomorow'))).toBe(false);
    await tab.until(`document.querySelector('.message.mine .meta').innerText.includes('edited')`);
    await bob.until((pushes) =>
      pushes.some(({ type, content }) => type === 'edited' && content.text === 'tomorrow'),
    );

    // From elsewhere it comes, too.
    const { seq } = await bob.call('send', { conversationId, content: text('a secret') });
    await tab.until(isSaid('a secret'));
    await bob.call('recall', { conversationId, seq });
    await tab.until(`!${isSaid('a secret')}`);

    await tab.evaluate(`document.querySelector('.message.mine .edit').click()`);
    await tab.until(`document.querySelector('#edit').open`);
    await tab.tabTo('edit-recall');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#edit').open`);
    await tab.until(`!${isSaid('tomorrow')}`);
    await bob.until((pushes) => pushes.some(({ type }) => type === 'recalled'));
    expect(await tab.evaluate(`document.querySelectorAll('.message .edit:not([hidden])').length`)).toBe(0);
    expect(await tab.evaluate(`document.body.innerHTML.includes('tomorrow')`)).toBe(false);
    expect(tab.complaints).toEqual([]);
  });
});
