import type { LocalSystem } from '../../../infra/local/system/local-system.ts';
import { connect, type Frame, join, openDirect, type Person, text } from '../../support/chat-person.ts';
import { startTestSystem } from '../../support/local-system.ts';
import { type Sitting, sit } from './support/sitting.ts';

/** What the terminal chat shows of people: who is waited for, who is in, whom one blocks, what others see. */
let system: LocalSystem;
let bob: Person;
beforeAll(async () => {
  system = await startTestSystem();
  bob = await join(system, 'bob');
});
afterAll(() => system?.close());

const isMessage = ({ type }: Frame) => type === 'message';
const wordsFrom = (person: Person, from: string) =>
  person.pushes
    .filter((push) => isMessage(push) && push.message.from === from)
    .map(({ message }) => message.content.text);

/** The room that somebody has just opened there, as it is written for others. */
async function addressIn(sitting: Sitting): Promise<string> {
  await sitting.until(/others come into this room by: \/watch r-/);
  return /\/watch (r-\S+)/.exec(sitting.out())?.[1] ?? '';
}

test('what is written to who has not agreed waits, says so, and goes by itself or by /retry once they have come', async () => {
  const alice = await sit(system, 'alice', ['--to', 'newcomer']);
  await alice.until(/waits for newcomer/);
  alice.type('are you there?');
  await alice.until(/waits for the other person; \/retry sends it again: are you there\?/);
  const newcomer = await join(system, 'newcomer');
  await newcomer.call('hello');
  alice.type('/retry');
  await newcomer.until((pushes) => pushes.some(isMessage));
  expect(wordsFrom(newcomer, 'alice')).toEqual(['are you there?']);
  await newcomer.call('consent', { decision: 'withdraw' });
  await newcomer.closed;
  alice.type('and now?');
  await alice.until(/waits for the other person.*: and now\?/);
  const back = await join(system, 'newcomer');
  const { conversations } = await back.call('hello');
  await back.call('send', { conversationId: conversations[0].conversationId, content: text('I am back') });
  await back.until((pushes) => pushes.some(isMessage));
  expect(wordsFrom(back, 'alice')).toEqual(['and now?']);
  expect(await alice.end()).toBe(0);
  // What still waits at the end has not been sent, and the program says that it has not.
  const second = await sit(system, 'alice', ['--to', 'nobody-yet']);
  second.type('hello?');
  await second.until(/waits for the other person/);
  expect(await second.end()).toBe(1);
});

test('somebody is blocked: nothing of theirs comes, in a group it is covered; /blocked says who, /unblock ends it', async () => {
  const mal = await join(system, 'mal');
  const carol = await sit(system, 'carol', ['--to', 'mal']);
  await carol.until(/— mal —/);
  const direct = await openDirect(mal, 'carol');
  carol.type('/block mal');
  await carol.until(/mal is blocked/);
  carol.type('/blocked');
  await carol.until(/^mal$/m);
  await mal.call('send', { conversationId: direct, content: text('for nobody') });
  carol.type('/group Choir: mal');
  await carol.until(/— Choir —/);
  await mal.until((pushes) => pushes.some(({ type }) => type === 'opened'));
  const { conversationId } = mal.pushes.find(({ type }) => type === 'opened');
  await mal.call('send', { conversationId, content: text('in the choir') });
  await carol.until(/\(mal, whom you block, has written something\)/);
  carol.type('/unblock mal');
  await carol.until(/mal is not blocked any more/);
  carol.type('/blocked');
  await carol.until(/you block nobody/);
  await mal.call('send', { conversationId, content: text('and again') });
  await carol.until(/mal: and again/);
  expect(await carol.end()).toBe(0);
  expect(carol.out()).not.toContain('for nobody');
  expect(carol.out()).not.toContain('in the choir');
});

test('a room is opened, come into by its address, written in, caught up with what was missed, and left', async () => {
  const dora = await sit(system, 'dora');
  dora.type('/room Town square');
  const conversationId = await addressIn(dora);
  dora.type('hear ye');
  await dora.until(/dora ✓: hear ye/);
  const emil = await sit(system, 'emil');
  emil.type(`/watch ${conversationId}`);
  await emil.until(/about 2 are in this room/);
  await emil.until(/dora: hear ye/);
  emil.type('I hear');
  await dora.until(/emil: I hear/);
  // What does not come says so later, and is fetched.
  await bob.call('watch', { conversationId });
  system.gateway.faults.set({ kind: 'error' });
  await bob.call('send', { conversationId, content: text('lost on the way') }).catch(() => undefined);
  system.gateway.faults.clear();
  for (const each of [dora, emil]) await each.until(/bob: lost on the way/);
  dora.type('/leave');
  await dora.until(/you have left/);
  emil.type('is she gone?');
  await emil.until(/emil ✓: is she gone\?/);
  dora.type('/list');
  await dora.until(/Town square|no conversations yet/);
  expect(await dora.end()).toBe(0);
  expect(await emil.end()).toBe(0);
  expect(dora.out()).not.toContain('is she gone?');
});

test('the people of a group: added, given a role, taken out, each told; the owner leaves, and it is closed', async () => {
  await (await join(system, 'gil')).call('ping');
  const fay = await sit(system, 'fay');
  fay.type('/group Hike: bob');
  await fay.until(/— Hike —/);
  fay.type('/add gil');
  await fay.until(/You added gil/);
  const gil = await sit(system, 'gil');
  await gil.until(/#1 Hike/);
  gil.type('/open #1');
  await gil.until(/— Hike —/);
  await gil.until(/fay added you/);
  fay.type('/role gil admin');
  await gil.until(/fay made you an admin/);
  gil.type('/who');
  await gil.until(/bob, fay \(owner\), gil \(admin\)/);
  gil.type('/remove bob');
  await fay.until(/gil removed bob/);
  gil.type('/close');
  await gil.until(/you may not do that here/);
  fay.type('/leave');
  await fay.until(/you have left/);
  await gil.until(/fay left/);
  gil.type('/close');
  await gil.until(/it is closed/);
  // The one who asked for what was not theirs ends with it said.
  expect(await gil.end()).toBe(1);
  expect(await fay.end()).toBe(0);
});

test('what others see of one is set and said; whoever comes and goes is told of, as far as they let it', async () => {
  const hal = await sit(system, 'hal');
  hal.type('/settings');
  await hal.until(/\(reads\): +on\n.*\(deliveries\): +on\n.*\(presence\): +contacts\n.*\(active\): +hour/);
  for (const change of ['reads off', 'deliveries off', 'active day']) hal.type(`/settings ${change}`);
  await hal.until(/\(reads\): +off\n.*\(deliveries\): +off\n.*\(presence\): +contacts\n.*\(active\): +day/);
  const conversationId = await openDirect(bob, 'hal');
  hal.type('/open bob');
  await hal.until(/— bob —/);
  await hal.until(/bob: online/);
  const { seq } = await bob.call('send', { conversationId, content: text('seen?') });
  await hal.until(/bob: seen\?/);
  hal.type('yes');
  // What comes after it has come: no mark of how far is on its way.
  await bob.until(() => wordsFrom(bob, 'hal').length === 1);
  const marks = bob.pushes.filter(
    (push) => ['read', 'delivered'].includes(push.type) && push.userId === 'hal',
  );
  expect(marks).toEqual([]);
  hal.type('/settings reads on');
  await hal.until(/\(reads\): +on/);
  const more = await bob.call('send', { conversationId, content: text('and this?') });
  const isRead = (push: Frame) => push.type === 'read' && push.userId === 'hal' && push.seq === more.seq;
  await bob.until((pushes) => pushes.some(isRead));
  expect(more.seq).toBeGreaterThan(seq);
  hal.type('/settings presence nobody');
  await hal.until(/\(presence\): +nobody/);
  await bob.call('settings', { presence: 'nobody' });
  expect((await bob.call('presence', { userIds: ['hal'] })).presences).toEqual([
    { userId: 'hal', online: false },
  ]);
  await bob.call('settings', { presence: 'contacts' });
  expect(await hal.end()).toBe(0);
});

test('the list says what is unread, who wrote last, what is muted, kept at the top and hidden, also the next time', async () => {
  const [ines, jon] = await Promise.all([join(system, 'ines'), join(system, 'jon')]);
  // Whoever is waited for gets nothing yet.
  await (await join(system, 'kim')).call('hello');
  for (const [person, words] of [
    [ines, ['one', 'two']],
    [jon, ['three']],
  ] as const) {
    const conversationId = await openDirect(person, 'kim');
    for (const each of words) await person.call('send', { conversationId, content: text(each) });
  }
  const kim = await sit(system, 'kim');
  await kim.until(/#1 jon \(1 new\) .*three\n#2 ines \(2 new\) .*two/);
  kim.type('/open ines');
  await kim.until(/— ines —/);
  for (const command of ['/mute 8h', '/pin']) kim.type(command);
  await kim.until(/muted until[\s\S]*it stays at the top of the list/);
  kim.type('/open jon');
  await kim.until(/— jon —/);
  kim.type('/hide');
  await kim.until(/it is out of the list/);
  expect(await kim.end()).toBe(0);

  await ines.call('send', { conversationId: await openDirect(ines, 'kim'), content: text('while away') });
  const again = await sit(system, 'kim');
  await again.until(/ines \(1 new, pinned, muted\) .*while away/);
  again.type('/open jon');
  await again.until(/jon: three/);
  expect(await again.end()).toBe(0);
  expect(again.out()).not.toMatch(/#\d jon/);
  const tablet = await connect(system, 'kim');
  const { conversations } = await tablet.call('hello');
  expect(conversations.map(({ hidden, pinned }: Frame) => ({ hidden, pinned }))).toContainEqual({
    hidden: true,
    pinned: undefined,
  });
  tablet.socket.close();
});
