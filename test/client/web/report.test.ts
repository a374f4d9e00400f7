import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

inBrowser('reporting a message in the web chat', () => {
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

  test('by keyboard: the flag beside it, a reason, and that it is reported; one’s own has none', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    await bob.call('send', { conversationId, content: text('an insult') });
    await enter(tab, 'bob');
    await tab.until(`document.querySelector('.message .report:not([hidden])') !== null`);
    await tab.evaluate(`document.querySelector('#text').focus()`);
    await tab.type('my own');
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('.message.sent').length === 1`);
    expect(await tab.evaluate(`document.querySelectorAll('.message .report:not([hidden])').length`)).toBe(1);
    await tab.evaluate(`document.querySelector('.message .report:not([hidden])').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelector('#report')?.open`);
    await tab.tabTo('report-confirm');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#report .error').textContent.includes('choose')`);
    await tab.press(' ');
    await tab.until(`document.querySelector('#report input:checked')?.value === 'spam'`);
    await tab.tabTo('report-confirm');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#report-title').textContent === 'Reported'`);
    const { payload }: any = await system.invoke('admin-report-list', {
      operator: 'olga',
      input: { state: 'open' },
    });
    expect(payload.result.reports).toMatchObject([{ conversationId, seq: 1, reasons: { spam: 1 } }]);
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#report').open`);
    expect(await tab.evaluate(`document.activeElement.className`)).toContain('report');
    expect(bob.pushes.some((push) => JSON.stringify(push).includes('report'))).toBe(false);
    expect(tab.complaints).toEqual([]);
  });
});
