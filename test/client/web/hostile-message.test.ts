import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

const rows = `[...document.querySelectorAll('.message')].map((each) => each.querySelector('.text, .unshown').textContent)`;

inBrowser('a message that is made to break the page', () => {
  let system: LocalSystem;
  let browser: Browser;

  beforeAll(async () => {
    system = await startTestSystem();
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  test('is shown like any other, and one that cannot be shown says so; the others are shown', async () => {
    const [mallory, tab] = await Promise.all([join(system, 'mallory'), visit(browser, system, 'alice')]);
    const conversationId = await openDirect(mallory, 'alice');
    const say = (words: string) => mallory.call('send', { conversationId, content: text(words) });
    const brackets = `https://a.b${')'.repeat(16_373)}`;
    await say(brackets);
    await enter(tab, 'mallory');
    await tab.until(`${rows}.length === 1`);
    expect(await tab.evaluate(rows)).toEqual([brackets]);

    await tab.evaluate(`URL.parse = () => { throw new Error('planted') }`);
    await say('see https://a.b');
    await say('hello');
    await tab.until(`${rows}.length === 3`);
    expect(await tab.evaluate(rows)).toEqual([brackets, 'This message cannot be shown.', 'hello']);
  });
});
