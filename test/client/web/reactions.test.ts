import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

inBrowser('reactions in the web chat', () => {
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

  test('by keyboard: one of the common ones, another one, and one’s own taken back', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    const { seq } = await bob.call('send', { conversationId, content: text('shall we?') });
    await enter(tab, 'bob');
    await tab.until(`document.querySelector('.message .react:not([hidden])') !== null`);
    await tab.evaluate(`document.querySelector('.message .react').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#react')?.open`);
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#react').open`);
    await tab.until(`document.querySelector('.reaction')?.ariaPressed === 'true'`);
    expect(await tab.evaluate(`document.querySelector('.reaction').textContent`)).toBe('👍 1');
    expect(await tab.evaluate(`document.activeElement.className`)).toContain('react');
    await bob.call('react', { conversationId, seq, emoji: '👍', on: true });
    await tab.until(`document.querySelector('.reaction').ariaLabel === '👍: 2, you among them'`);
    await bob.call('react', { conversationId, seq, emoji: '🎉', on: true });
    await tab.until(`document.querySelectorAll('.reaction').length === 2`);
    // What is no emoji is said to be none, where it was written.
    await tab.press('Enter');
    await tab.until(`document.querySelector('#react').open`);
    await tab.tabTo('react-other');
    await tab.type('yes');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#react .error').textContent.includes('one emoji')`);
    await tab.evaluate(`document.querySelector('#react-other').value = ''`);
    await tab.type('🦊');
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('.reaction').length === 3`);
    await tab.evaluate(`document.querySelector('.reaction').focus()`);
    await tab.press(' ');
    await tab.until(`document.querySelector('.reaction').ariaPressed === 'false'`);
    expect(await tab.evaluate(`document.querySelector('.reaction').textContent`)).toBe('👍 1');
    const { messages } = await bob.call('history', { conversationId });
    expect(messages[0].reactions).toEqual([
      { emoji: '👍', count: 1, own: true },
      { emoji: '🎉', count: 1, own: true },
      { emoji: '🦊', count: 1 },
    ]);
    expect(tab.complaints).toEqual([]);
  });
});
