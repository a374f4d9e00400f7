import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { enter, visit } from './support/visit.ts';

/** Of 김민지. */
const kimId = '%EA%B9%80%EB%AF%BC%EC%A7%80';

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

  test('the members of a group, by keyboard: a name in any script is added, made admin, taken out; who is taken out is told', async () => {
    const [tab, kim] = await Promise.all([visit(browser, system, 'dora'), visit(browser, system, kimId)]);
    await tab.tabTo('new-chat-button');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'other'`);
    await tab.press('Shift+Tab');
    await tab.press('ArrowRight');
    await tab.tabTo('group-title');
    await tab.type('Hike');
    await tab.tabTo('group-members');
    await tab.type('bob');
    await tab.tabTo('new-chat-begin');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#conversation-name').textContent === 'Hike'`);
    await tab.evaluate(`document.querySelector('#about-button').focus()`);
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('#members li').length === 2`);
    await tab.tabTo('add');
    await tab.type('김민지');
    await tab.press('Enter');
    const members = `[...document.querySelectorAll('#members .member-words')].map((each) => each.innerText.trim())`;
    await tab.until(`${members}.includes('김민지')`);
    expect(await tab.evaluate(`document.querySelector('#about-done').textContent`)).toBe('Added.');
    await kim.until(`document.querySelector('.item-name')?.textContent === 'Hike'`);

    const act = (label: string) =>
      tab
        .evaluate(`document.querySelector('[aria-label="${label}: 김민지"]').focus()`)
        .then(() => tab.press('Enter'));
    await act('Make admin');
    await tab.until(`${members}.includes('김민지 admin')`);
    await act('Remove');
    await tab.until(`document.activeElement?.id === 'remove-member-cancel'`);
    await tab.tabTo('remove-member-confirm');
    await tab.press('Enter');
    await tab.until(
      `!document.querySelector('#remove-member').open && !${members}.some((each) => each.startsWith('김민지'))`,
    );
    await kim.until(`document.querySelector('.item') === null`);
    await tab.press('Escape');
    await tab.until(`!document.querySelector('#about').open`);
    const events = `[...document.querySelectorAll('.event')].map((each) => each.textContent)`;
    await tab.until(`${events}.length === 3`);
    expect(await tab.evaluate(events)).toEqual([
      'You added 김민지',
      'You made 김민지 an admin',
      'You removed 김민지',
    ]);
    expect([...tab.complaints, ...kim.complaints]).toEqual([]);
  });

  test('whoever leaves a group is asked first and is back at the list', async () => {
    const tab = await visit(browser, system, 'emil');
    await bob.call('open', { kind: 'group', members: ['emil'], title: 'Short' });
    await enter(tab, 'Short');
    await tab.evaluate(`document.querySelector('#about-button').click()`);
    await tab.tabTo('leave');
    await tab.press('Enter');
    await tab.until(`document.activeElement?.id === 'leave-chat-cancel'`);
    await tab.tabTo('leave-chat-confirm');
    await tab.press('Enter');
    await tab.until(`!document.querySelector('#about').open && document.querySelector('.item') === null`);
    expect(await tab.evaluate(`document.activeElement.id`)).toBe('new-chat-button');
    expect(await tab.evaluate(`document.querySelector('#conversation').hidden`)).toBe(true);
  });

  test('a chat is muted, kept at the top and left out of the list, by keyboard, and so it is after a reload', async () => {
    const tab = await visit(browser, system, 'fritz');
    await openDirect(bob, 'fritz');
    await enter(tab, 'bob');
    await tab.evaluate(`document.querySelector('#about-button').click()`);
    await tab.tabTo('mute');
    await tab.evaluate(`(() => {
      const mute = document.querySelector('#mute');
      mute.value = '604800';
      mute.dispatchEvent(new Event('change'));
    })()`);
    await tab.until(
      `document.querySelector('#mute').selectedOptions[0].textContent.startsWith('Muted until')`,
    );
    await tab.tabTo('pinned');
    await tab.press(' ');
    await tab.until(`document.querySelector('.item .item-mark:not([hidden]) [d]') !== null`);
    await tab.tabTo('hidden');
    await tab.press(' ');
    await tab.until(`!document.querySelector('#show-hidden').hidden`);
    await tab.go(system.webUrl);
    await tab.until(`document.querySelector('#show-hidden').textContent === 'Show 1 hidden chat'`);
    expect(await tab.evaluate(`document.querySelectorAll('.item').length`)).toBe(0);
    await tab.tabTo('show-hidden');
    await tab.press('Enter');
    await tab.until(`document.querySelectorAll('.item').length === 1`);
    const marks = `[...document.querySelectorAll('.item-mark')].filter((each) => !each.hidden).map((each) => each.title)`;
    expect(await tab.evaluate(marks)).toEqual(['Muted', 'Kept at the top']);
    expect(tab.complaints).toEqual([]);
  });
});
