import type { LocalSystem } from '../../../../infra/local/system/local-system.ts';
import { join, openDirect, text } from '../../../support/chat-person.ts';
import type { Browser } from '../../../support/chromium.ts';
import type { Tab } from '../../../support/chromium-tab.ts';
import { openAbout } from './begin.ts';
import { visit } from './visit.ts';

const close = async (tab: Tab, id: string) => {
  await tab.press('Escape');
  await tab.until(`!document.getElementById('${id}').open`);
};
const click = async (tab: Tab, id: string) => {
  await tab.evaluate(`document.getElementById('${id}').click()`);
};
/** Also where a phone's keyboard would cover what one has come to read, so that the focus goes elsewhere. */
const enter = async (tab: Tab, name: string) => {
  const item = `[...document.querySelectorAll('.item')]
    .find((each) => each.querySelector('.item-name').textContent === ${JSON.stringify(name)})`;
  await tab.until(`${item} !== undefined`);
  await tab.evaluate(`${item}.click()`);
  await tab.until(`document.querySelector('#conversation-name').textContent === ${JSON.stringify(name)}`);
};
const isOpen = (id: string) => `document.getElementById('${id}').open`;

/** Somebody with something of everything in their list; whom they talk with is told apart by the number. */
async function populate(system: LocalSystem, name: string, number: number): Promise<void> {
  const [bob, carol] = await Promise.all([join(system, `bob-${number}`), join(system, `carol-${number}`)]);
  const me = await join(system, name);
  const direct = await openDirect(bob, name);
  for (const words of ['hello', 'a look at https://example.com/somewhere and back', 'x'.repeat(400)])
    await bob.call('send', { conversationId: direct, content: text(words) });
  for (const words of ['mine', 'and mine again'])
    await me.call('send', { conversationId: direct, content: text(words) });
  const members = [name, carol.userId];
  const { conversationId } = await bob.call('open', {
    kind: 'group',
    members,
    title: 'A hike with everybody',
  });
  await me.call('members', { conversationId, leave: true });
  const group = await me.call('open', {
    kind: 'group',
    members: [bob.userId, carol.userId],
    title: 'Hike',
    retention: 600,
  });
  await me.call('members', {
    conversationId: group.conversationId,
    role: { userId: bob.userId, role: 'admin' },
  });
  await carol.call('send', {
    conversationId: group.conversationId,
    content: text('who brings the map?'),
    mentions: [name],
  });
  const muted = await openDirect(carol, name);
  await carol.call('send', { conversationId: muted, content: text('quiet') });
  await me.call('mute', { conversationId: muted, until: Date.now() + 3_600_000 });
  await me.call('arrange', { conversationId: muted, pinned: true });
  for (const { socket } of [bob, carol, me]) socket.close();
}

let visits = 0;

/** Walks through the main screens, and has a look at each; from the agreement on it is somebody who has been there before. */
export async function walk(
  system: LocalSystem,
  browser: Browser,
  prepare: (tab: Tab) => Promise<void>,
  look: (tab: Tab, screen: string) => Promise<void>,
): Promise<void> {
  visits += 1;
  const [newcomer, name] = [`newcomer-${visits}`, `walker-${visits}`];
  const first = await browser.open(system.webUrl);
  await prepare(first);
  await first.until(`document.activeElement?.id === 'name'`);
  await look(first, 'sign-in');
  await first.type('not a name');
  await first.press('Enter');
  await first.until(`document.querySelector('#name-error').textContent !== ''`);
  await look(first, 'sign-in with an error');
  await first.evaluate(`document.querySelector('#name').select()`);
  await first.type(newcomer);
  await first.press('Enter');
  await first.until(isOpen('consent'));
  await look(first, 'consent');
  await close(first, 'consent');

  await populate(system, name, visits);
  const tab = await visit(browser, system, name);
  await prepare(tab);
  await tab.until(`document.querySelectorAll('.item').length === 3`);
  await look(tab, 'list');
  await enter(tab, `bob-${visits}`);
  await tab.until(`document.querySelectorAll('.message').length === 5`);
  await look(tab, 'conversation');
  await tab.evaluate(`document.querySelector('.message.mine .edit').click()`);
  await tab.until(isOpen('edit'));
  await look(tab, 'edit');
  await close(tab, 'edit');
  await tab.evaluate(`document.querySelector('.message .pin').click()`);
  await tab.until(`!document.getElementById('pins-button').hidden`);
  await look(tab, 'conversation with a pin');
  await click(tab, 'pins-button');
  await tab.until(isOpen('pins'));
  await look(tab, 'pins');
  await close(tab, 'pins');
  await click(tab, 'search-button');
  await tab.until(isOpen('search'));
  await tab.type('look');
  await tab.press('Enter');
  await tab.until(`document.querySelector('#search mark') !== null`);
  await look(tab, 'search');
  await close(tab, 'search');
  await openAbout(tab);
  await look(tab, 'about a direct chat');
  await click(tab, 'block');
  await tab.until(isOpen('block-person'));
  await look(tab, 'block question');
  await close(tab, 'block-person');
  await close(tab, 'about');
  await click(tab, 'erase-mine');
  await tab.until(`document.querySelector('dialog[open]') !== null`);
  await look(tab, 'erase question');
  await tab.press('Escape');
  await tab.until(`document.querySelector('dialog[open]') === null`);
  await click(tab, 'back');
  await enter(tab, 'Hike');
  await tab.until(`document.querySelector('.event') !== null`);
  await look(tab, 'group');
  await openAbout(tab);
  await tab.until(`document.querySelectorAll('#members li').length === 3`);
  await look(tab, 'about a group');
  await close(tab, 'about');
  await click(tab, 'back');
  await click(tab, 'new-chat-button');
  for (const kind of ['direct', 'group', 'room']) {
    await tab.evaluate(`document.querySelector('#new-chat [value="${kind}"]').click()`);
    await look(tab, `new chat: ${kind}`);
  }
  await close(tab, 'new-chat');
  await click(tab, 'account-button');
  await tab.until(isOpen('account'));
  await look(tab, 'account');
  for (const [button, dialog] of [
    ['settings-button', 'settings'],
    ['devices-button', 'devices'],
    ['withdraw', 'withdrawal'],
    ['erase-account', 'erasure'],
  ] as const) {
    await click(tab, button);
    await tab.until(isOpen(dialog));
    if (dialog === 'settings') await tab.until(`!document.querySelector('#reads').disabled`);
    if (dialog === 'devices') await tab.until(`document.querySelector('#device-list li') !== null`);
    await look(tab, dialog);
    await close(tab, dialog);
  }
  await close(tab, 'account');
  if (tab.complaints.length > 0) throw new Error(tab.complaints.join('\n'));
}
