import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

inBrowser('people in the web chat', () => {
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

  test('ticks say that a message has come and was read', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    await enter(tab, 'bob');
    await tab.type('hello');
    await tab.press('Enter');
    const tick = `document.querySelector('.message .tick')?.ariaLabel`;
    await tab.until(`${tick} === 'sent'`);
    await bob.call('delivered', { conversationId, seq: 1 });
    await tab.until(`${tick} === 'delivered'`);
    await bob.call('read', { conversationId, seq: 1 });
    await tab.until(`${tick} === 'read'`);
    await bob.call('send', { conversationId, content: text('hi') });
    await bob.until((pushes) => pushes.some(({ type }) => type === 'read'));
    expect(tab.complaints).toEqual([]);
  });

  test('somebody signs out elsewhere what they do not use any more, by keyboard', async () => {
    const [tab, other] = [await visit(browser, system, 'carol'), await join(system, 'carol')];
    await tab.until(`!document.querySelector('#no-conversations').hidden`);
    await tab.tabTo('account-button');
    await tab.press('Enter');
    await tab.tabTo('devices-button');
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('#device-list li').length === 2`);
    expect(await tab.evaluate(`document.querySelector('#device-list li').innerText`)).toContain(
      'Here, in this tab',
    );
    await tab.press('Shift+Tab');
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('#device-list li').length === 1`);
    await tab.until(`document.activeElement.id === 'devices-close'`);
    await other.until((pushes) => pushes.some(({ type, reason }) => type === 'bye' && reason === 'ENDED'));
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#devices').open && document.querySelector('#account').open`);
  });
});
