import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { type Browser, startChromium } from '../../support/chromium.ts';
import type { Tab } from '../../support/chromium-tab.ts';
import { inBrowser } from '../../support/in-browser.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { say, shows } from './support/begin.ts';
import { enter, visit } from './support/visit.ts';

/** What others see of one, and what the list keeps. */
inBrowser('settings and the list in the web chat', () => {
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

  const subtitle = `document.querySelector('#conversation-subtitle').textContent`;

  async function openSettings(tab: Tab): Promise<void> {
    await tab.tabTo('account-button');
    await tab.press('Enter');
    await tab.tabTo('settings-button');
    await tab.press('Enter');
    await tab.until(`document.querySelector('#settings').open && !document.querySelector('#reads').disabled`);
  }
  async function closeDialogs(tab: Tab): Promise<void> {
    for (const id of ['settings', 'account']) {
      await tab.press('Escape');
      await tab.until(`!document.querySelector('#${id}').open`);
    }
  }
  const kept = async (tab: Tab) => {
    await tab.until(`document.querySelector('#settings-done').textContent === 'Kept.'`);
    await tab.evaluate(`document.querySelector('#settings-done').textContent = ''`);
  };
  const toggle = async (tab: Tab, id: string) => {
    await tab.tabTo(id);
    await tab.press(' ');
    await kept(tab);
  };
  const choose = async (tab: Tab, id: string, value: string) => {
    await tab.evaluate(`(() => {
      const field = document.querySelector('#${id}');
      field.value = '${value}';
      field.dispatchEvent(new Event('change'));
    })()`);
    await kept(tab);
  };
  const marksOf = (person: Person, userId: string) =>
    person.pushes.filter(
      (push: Frame) => ['read', 'delivered'].includes(push.type) && push.userId === userId,
    );

  test('marks are turned off, by keyboard: nobody learns what one reads, nor does one of others; on again, they do', async () => {
    const tab = await visit(browser, system, 'alice');
    const conversationId = await openDirect(bob, 'alice');
    await enter(tab, 'bob');
    await openSettings(tab);
    for (const id of ['deliveries', 'reads']) await toggle(tab, id);
    await closeDialogs(tab);
    await bob.call('send', { conversationId, content: text('seen?') });
    await tab.until(shows('seen?'));
    await say(tab, 'mine');
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.text === 'mine'));
    expect(marksOf(bob, 'alice')).toEqual([]);
    for (const action of ['delivered', 'read']) await bob.call(action, { conversationId, seq: 2 });
    await bob.call('send', { conversationId, content: text('read it') });
    await tab.until(shows('read it'));
    expect(await tab.evaluate(`document.querySelector('.mine .tick').ariaLabel`)).toBe('sent');

    await tab.go(system.webUrl);
    await enter(tab, 'bob');
    await openSettings(tab);
    expect(
      await tab.evaluate(`['reads', 'deliveries'].map((id) => document.getElementById(id).checked)`),
    ).toEqual([false, false]);
    for (const id of ['deliveries', 'reads']) await toggle(tab, id);
    await closeDialogs(tab);
    const { seq } = await bob.call('send', { conversationId, content: text('and now?') });
    await bob.until(() =>
      marksOf(bob, 'alice').some((push: Frame) => push.type === 'read' && push.seq === seq),
    );
    await bob.call('read', { conversationId, seq });
    await tab.until(`document.querySelector('.mine .tick')?.ariaLabel === 'read'`);
    expect(tab.complaints).toEqual([]);
  });

  test('whether the other one is there stands beside their name, as far as they let it, and goes with it', async () => {
    const tab = await visit(browser, system, 'carol');
    const dan = await join(system, 'dan');
    // Who has written to somebody has them as a contact.
    const conversationId = await openDirect(dan, 'carol');
    await dan.call('send', { conversationId, content: text('hello') });
    await dan.call('settings', { lastActive: 'minute' });
    await enter(tab, 'dan');
    await tab.until(`${subtitle}.startsWith('online')`);
    await dan.call('settings', { presence: 'nobody' });
    await tab.until(`${subtitle}.startsWith('Direct chat')`);
    await dan.call('settings', { presence: 'contacts' });
    await tab.until(`${subtitle}.startsWith('online')`);
    dan.socket.close();
    await dan.closed;
    await tab.until(`${subtitle}.startsWith('last here')`);
    expect(tab.complaints).toEqual([]);
  });

  test('who sees that one is there, and how exactly when one was, is chosen, and so it is after a reload', async () => {
    const tab = await visit(browser, system, 'erin');
    const conversationId = await openDirect(bob, 'erin');
    await bob.call('send', { conversationId, content: text('hello') });
    await enter(tab, 'bob');
    await say(tab, 'hello yourself');
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.text === 'hello yourself'));
    const presence = async () => (await bob.call('presence', { userIds: ['erin'] })).presences;
    expect(await presence()).toEqual([{ userId: 'erin', online: true }]);
    await openSettings(tab);
    await choose(tab, 'presence', 'nobody');
    await choose(tab, 'last-active', 'never');
    expect(await presence()).toEqual([{ userId: 'erin', online: false }]);
    await tab.go(system.webUrl);
    await tab.until(`document.querySelector('.item') !== null`);
    await openSettings(tab);
    expect(
      await tab.evaluate(`['presence', 'last-active'].map((id) => document.getElementById(id).value)`),
    ).toEqual(['nobody', 'never']);
    await choose(tab, 'presence', 'everyone');
    expect(await presence()).toEqual([{ userId: 'erin', online: true }]);
    expect(tab.complaints).toEqual([]);
  });

  test('the list has what was written last, by whom, and how much is unread, also after a reload; to read it ends it', async () => {
    const [fay, gil] = await Promise.all([join(system, 'fay'), join(system, 'gil')]);
    const tab = await visit(browser, system, 'hal');
    await tab.until(`!document.querySelector('#no-conversations').hidden`);
    const { conversationId } = await fay.call('open', {
      kind: 'group',
      members: ['gil', 'hal'],
      title: 'Hike',
    });
    for (const words of ['one', 'two']) await fay.call('send', { conversationId, content: text(words) });
    const mention = { content: text('you too, hal'), mentions: ['hal'] };
    await gil.call('send', { conversationId, ...mention });
    const direct = await openDirect(gil, 'hal');
    await gil.call('send', { conversationId: direct, content: text('just us') });
    const rows = `[...document.querySelectorAll('.item')].map((item) => ({
      name: item.querySelector('.item-name').textContent,
      preview: item.querySelector('.item-preview').innerText,
      unread: item.querySelector('.badge').hidden ? '' : item.querySelector('.badge').textContent,
    }))`;
    const expected = [
      { name: 'gil', preview: 'gil: just us', unread: '1 unread' },
      { name: 'Hike', preview: 'gil: you too, hal', unread: '@ 3 unread, mentions you' },
    ];
    await tab.go(system.webUrl);
    await tab.until(`document.querySelectorAll('.item').length === 2`);
    expect(await tab.evaluate(rows)).toEqual(expected);
    expect(await tab.evaluate('document.title')).toBe('(4) Lapse');
    await enter(tab, 'Hike');
    await tab.until(`document.title === '(1) Lapse'`);
    await fay.until((pushes) => pushes.some((push) => push.type === 'read' && push.userId === 'hal'));
    await tab.go(system.webUrl);
    await tab.until(`document.querySelectorAll('.item').length === 2`);
    expect(await tab.evaluate(rows)).toEqual([expected[0], { ...expected[1], unread: '' }]);
    await gil.call('erase', { scope: 'message', conversationId: direct, seq: 1 });
    await tab.until(`!document.querySelector('.list').innerText.includes('just us')`);
    expect(tab.complaints).toEqual([]);
    for (const { socket } of [fay, gil]) socket.close();
  });
});
