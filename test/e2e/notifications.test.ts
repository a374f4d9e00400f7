import type { BusEvent } from '../../infra/local/bus/start-bus.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { Delivery } from '../../samples/push-notifications/ask-lapse.ts';
import { connect, join, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const notifications = {
  busArn: 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat',
  recipient: 'the tests',
  show: 'text',
};
const apns = (name: string) => Buffer.from(name.padEnd(32, '.')).toString('hex');

let system: LocalSystem;
const told: BusEvent[] = [];
const waiting = new Set<() => void>();
const logged: string[] = [];

async function until(condition: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = () => {
    if (condition()) resolve();
  };
  waiting.add(check);
  check();
  await promise;
  waiting.delete(check);
}
const detailsOf = (seq: number) => told.map(({ detail }) => detail).filter((detail) => detail['seq'] === seq);
/** Of that message, once the ids are there; nobody else by the time the marker's have come. */
async function toldOf(seq: number, ...userIds: string[]): Promise<void> {
  await until(() => userIds.every((userId) => detailsOf(seq).some((each) => each['userId'] === userId)));
}
async function ask<Result>(name: string, input: object): Promise<Result> {
  const answer = await system.invoke(name, { operator: 'olga', input });
  expect(answer).toMatchObject({ ok: true, payload: { ok: true } });
  return ((answer as { payload: unknown }).payload as { result: Result }).result;
}
const delivery = async (userId: string, seq: number) =>
  ask<Delivery>('admin-push-delivery', { userId, conversationId, seq });

let ann: Person;
let conversationId: string;
const people = ['bea', 'cid', 'dee', 'eva', 'fay'];

/** On a device of theirs, and then away. */
async function away(person: Person): Promise<void> {
  person.socket.close();
  await person.closed;
}
async function register(userId: string): Promise<void> {
  const person = await connect(system, userId);
  const { devices } = await person.call('pushToken', {
    ...{ device: `${userId}-phone`, platform: 'apns', token: apns(userId) },
  });
  expect(devices).toMatchObject([{ device: `${userId}-phone`, platform: 'apns' }]);
  await away(person);
}
async function onDevice(userId: string, act: (person: Person) => Promise<unknown>): Promise<void> {
  const person = await connect(system, userId);
  await act(person);
  await away(person);
}
const send = async (words: string, fields: object = {}): Promise<number> =>
  (await ann.call('send', { conversationId, content: text(words), ...fields })).seq;

beforeAll(async () => {
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({ notifications }),
    onEvent: (event) => {
      told.push(event);
      for (const check of [...waiting]) check();
    },
    onLog: (_name, line) => logged.push(line),
  });
  ann = await join(system, 'ann');
  for (const name of people) await away(await join(system, name));
  ({ conversationId } = await ann.call('open', { kind: 'group', members: people }));
  for (const name of people) await register(name);
  await onDevice('ann', async (phone) =>
    phone.call('pushToken', { device: 'ann-phone', platform: 'fcm', token: 'fcm-ann' }),
  );
});
afterAll(async () => system?.close());

test('each member without a connection is told of once, by ids alone, and whoever wrote it is not', async () => {
  const seq = await send('canary hello', { mentions: ['cid'] });
  await toldOf(seq, ...people);
  expect(
    detailsOf(seq).toSorted((one, other) => (String(one['userId']) < String(other['userId']) ? -1 : 1)),
  ).toEqual(
    people.map((userId) => ({
      ...{ eventId: expect.stringMatching(/^[\w-]{22}$/), version: 1, occurredAt: expect.any(String) },
      ...{ userId, conversationId, seq, from: 'ann', contentType: 'text', mentioned: userId === 'cid' },
    })),
  );
  expect(told.every(({ 'detail-type': type }) => type === 'lapse.notification.due')).toBe(true);
  expect(new Set(told.map(({ detail }) => detail['eventId'])).size).toBe(people.length);
  expect(JSON.stringify(told)).not.toMatch(/canary|626561/);
});

test('who is asked for the delivery gets the tokens, what may be shown, and nothing once it is over', async () => {
  const seq = await send('canary words');
  await toldOf(seq, 'bea');
  expect(await delivery('bea', seq)).toEqual({
    devices: [{ device: 'bea-phone', platform: 'apns', token: apns('bea'), tokenId: expect.any(String) }],
    shows: { text: 'canary words' },
  });
  expect(await delivery('ann', seq)).toEqual({ devices: [], shows: {} });
  await onDevice('bea', async (phone) => phone.call('read', { conversationId, seq }));
  expect(await delivery('bea', seq)).toEqual({ devices: [], shows: {} });
  expect((await delivery('cid', seq)).devices).toHaveLength(1);
  await ann.call('recall', { conversationId, seq });
  expect(await delivery('cid', seq)).toEqual({ devices: [], shows: {} });
});

test('nobody is told of who has muted, blocks, is connected, has signed out or has withdrawn', async () => {
  await onDevice('bea', async (phone) => phone.call('mute', { conversationId, until: Date.now() + 60_000 }));
  await onDevice('cid', async (phone) => phone.call('block', { userId: 'ann', blocked: true }));
  await onDevice('dee', async (phone) => {
    const { devices } = await phone.call('pushToken', { device: 'dee-phone', token: null });
    expect(devices).toEqual([]);
  });
  const eva = await connect(system, 'eva');
  const seq = await send('canary quiet');
  await toldOf(seq, 'fay');
  await away(eva);
  // What is told of the next message comes after all that was to come of this one.
  for (const name of ['bea', 'cid', 'dee', 'eva'])
    expect((await delivery(name, seq)).devices).toHaveLength(name === 'eva' ? 1 : 0);
  const gone = await connect(system, 'fay');
  await gone.call('consent', { decision: 'withdraw' });
  await gone.closed;
  const next = await send('canary later');
  await toldOf(next, 'eva');
  expect(detailsOf(seq).map(({ userId }) => userId)).toEqual(['fay']);
  expect(detailsOf(next).map(({ userId }) => userId)).toEqual(['eva']);
  const kept = JSON.stringify(await everythingKept(system));
  expect(kept).not.toContain(apns('fay'));
  expect(kept).not.toContain(apns('dee'));
  expect(kept).toContain(apns('eva'));
});

test('a token that another person registers is theirs from then on', async () => {
  await onDevice('dee', async (phone) =>
    phone.call('pushToken', { device: 'dee-phone', platform: 'apns', token: apns('eva') }),
  );
  const seq = await send('canary moved');
  await toldOf(seq, 'dee');
  expect((await delivery('dee', seq)).devices).toMatchObject([{ token: apns('eva') }]);
  expect(await delivery('eva', seq)).toEqual({ devices: [], shows: {} });
});

test('a token that is reported dead goes, and a later one of the device stays', async () => {
  const seq = await send('canary dead');
  const [dead] = (await delivery('dee', seq)).devices;
  await onDevice('dee', async (phone) =>
    phone.call('pushToken', { device: 'dee-phone', platform: 'apns', token: apns('new') }),
  );
  expect(await ask('admin-push-token-end', { userId: 'dee', tokenId: dead?.tokenId })).toEqual({ ended: 0 });
  const [fresh] = (await delivery('dee', seq)).devices;
  expect(fresh?.token).toBe(apns('new'));
  expect(await ask('admin-push-token-end', { userId: 'dee', tokenId: fresh?.tokenId })).toEqual({ ended: 1 });
  expect((await delivery('dee', seq)).devices).toEqual([]);
  expect(JSON.stringify(await everythingKept(system))).not.toContain(apns('new'));
});

test('an export names the device and not the token; an erasure takes both, and those of nobody else', async () => {
  await register('bea');
  await register('cid');
  const bea = await connect(system, 'bea');
  const files = await ownExport(bea);
  const personal = textOf(files['personal.jsonl']);
  expect(personal).toContain('bea-phone');
  expect(personal).not.toContain(apns('bea'));
  await bea.call('erase', { scope: 'account' });
  await bea.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const kept = JSON.stringify(await everythingKept(system));
  expect(kept).not.toContain(apns('bea'));
  expect(kept).not.toContain('bea-phone');
  expect(kept).toContain(apns('cid'));
});

test('no log has a token or a word', () => {
  expect(logged.join('')).not.toMatch(/canary/);
  for (const name of people) expect(logged.join('')).not.toContain(apns(name));
});
