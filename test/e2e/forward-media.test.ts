import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { HoldTarget } from '../../shared/stores/privacy/holds.ts';
import { type Frame, join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { picture } from '../support/media/made-pictures.ts';
import { download, sendFile } from '../support/media-exchange.ts';
import { operatorHolds } from '../support/operator-holds.ts';
import { ageAll, deleteAll, sweepUploads } from '../support/passing-time.ts';
import { storedObjects } from '../support/stored-objects.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let objects: ReturnType<typeof storedObjects>;
let holds: ReturnType<typeof operatorHolds>;
let ann: Person;
let bob: Person;
let cid: Person;
/** Of bob and ann, of ann and cid, of cid and bob. */
let [origin, target, further] = ['', '', ''];
let photo: Buffer;

beforeAll(async () => {
  system = await startTestSystem();
  [tables, objects] = [systemTables(system), storedObjects(system)];
  holds = operatorHolds(system, tables);
  photo = await picture('png', 640, 480);
  [ann, bob, cid] = (await Promise.all(['ann', 'bob', 'cid'].map(async (name) => join(system, name)))) as [
    Person,
    Person,
    Person,
  ];
  origin = await openDirect(ann, 'bob');
  target = await openDirect(ann, 'cid');
  further = await openDirect(cid, 'bob');
});
afterAll(async () => {
  tables?.close();
  objects?.close();
  await system?.close();
});

const photoFrom = async (person: Person, conversationId: string, more: object = {}) =>
  sendFile(
    person,
    conversationId,
    { kind: 'image', contentType: 'image/png', bytes: new Uint8Array(photo) },
    more,
  );
const forward = async (person: Person, from: string, seq: number, to: string, id?: string): Promise<Frame> =>
  person.call('send', {
    conversationId: to,
    content: { type: 'forward', conversationId: from, seq },
    ...(id !== undefined && { id }),
  });
const code = ({ error }: Frame) => error?.code;
const gone = async (person: Person, conversationId: string, seq: number) =>
  code(await person.call('download', { conversationId, seq }));
const all = async () => (await objects.keys('media/')).filter((key) => key.startsWith('media/'));
const shows = async (person: Person, conversationId: string, seq: number) => {
  const { bytes } = await download(person, conversationId, seq);
  const small = await download(person, conversationId, seq, 'thumbnail');
  return bytes.equals(photo) && small.response.ok;
};

test('a picture is shown in another conversation by the same object, and nothing leads from one to the other', async () => {
  const { seq, id: mediaId, expiresAt } = await photoFrom(bob, origin, { caption: 'the pier' });
  const before = await all();
  const sent = await forward(ann, origin, seq, target, 'f-1');
  expect(sent).toMatchObject({ stored: true, content: { type: 'image', caption: 'the pier' } });
  expect(await all()).toEqual(before);
  const isIt = ({ type, message }: Frame) => type === 'message' && message.forwarded === true;
  await cid.until((pushes) => pushes.some(isIt));
  const { message } = cid.pushes.find(isIt) ?? {};
  expect(message.content).toEqual(sent.content);
  expect(message.content.media).not.toHaveProperty('placeholder');
  expect(message.expiresAt).toBeLessThanOrEqual(expiresAt);
  expect(await shows(cid, target, sent.seq)).toBe(true);

  // Neither what is told nor the address says where it comes from, and its id opens nothing.
  const { url } = await cid.call('download', { conversationId: target, seq: sent.seq });
  for (const told of [JSON.stringify(message), url, JSON.stringify(sent)]) {
    expect(told).not.toContain(origin);
    expect(told).not.toMatch(/bob/);
  }
  expect(message.content.mediaId).not.toBe(mediaId);
  expect(await gone(cid, origin, seq)).toBe('NOT_FOUND');
  expect(await gone(bob, target, sent.seq)).toBe('NOT_FOUND');
  const stolen = { conversationId: further, content: { type: 'image', mediaId } };
  expect(code(await cid.call('send', stolen))).toBe('MEDIA_MISMATCH');

  // Once, however often it is asked for; and on from there, still one object.
  expect(await forward(ann, origin, seq, target, 'f-1')).toMatchObject({
    ...{ seq: sent.seq, duplicate: true, content: sent.content },
  });
  const again = await forward(cid, target, sent.seq, further);
  expect(await shows(bob, further, again.seq)).toBe(true);
  expect(await all()).toEqual(before);

  // Who takes back a forward takes back that, and nothing else.
  await ann.call('recall', { conversationId: target, seq: sent.seq });
  expect(await gone(cid, target, sent.seq)).toBe('NOT_FOUND');
  expect(await shows(bob, further, again.seq)).toBe(true);
  expect(await shows(ann, origin, seq)).toBe(true);
  // Who takes back the picture takes it back everywhere; the words are copies.
  await bob.call('recall', { conversationId: origin, seq });
  for (const person of [bob, cid]) expect(await gone(person, further, again.seq)).toBe('NOT_FOUND');
  expect(await objects.keys(`media/${mediaId}/`)).toEqual([]);
  expect((await wholeHistory(bob, further)).at(-1)?.content).toMatchObject({ caption: 'the pier' });
  expect(code(await forward(cid, further, again.seq, target))).toBe('NOT_FOUND');
});

test('an erasure of the first message reaches every forward; one of a forward nothing but that', async () => {
  const [first, other] = [await photoFrom(bob, origin), await photoFrom(bob, origin)];
  const [sent, stays] = [
    await forward(ann, origin, first.seq, target),
    await forward(ann, origin, other.seq, target),
  ];
  await bob.call('erase', { scope: 'message', conversationId: origin, seq: first.seq });
  await bob.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(await gone(cid, target, sent.seq)).toBe('NOT_FOUND');
  expect(await objects.keys(`media/${first.id}/`)).toEqual([]);
  expect(await shows(cid, target, stays.seq)).toBe(true);
  await ann.call('erase', { scope: 'message', conversationId: target, seq: stays.seq });
  await ann.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(await gone(cid, target, stays.seq)).toBe('NOT_FOUND');
  expect(await shows(ann, origin, other.seq)).toBe(true);
});

test('what a hold on a forward keeps is shown to nobody behind its origin, and goes with the hold', async () => {
  const hold: HoldTarget = { kind: 'user', userId: 'ann' };
  const first = await photoFrom(bob, origin);
  const before = await forward(ann, origin, first.seq, target);
  await sweepUploads(system, tables, first.id);
  await holds.hold(hold);
  await holds.follow(hold, 2);
  expect(Object.values(await objects.tags(`media/${first.id}/`))).toEqual([[], []]);
  const second = await photoFrom(bob, origin);
  const during = await forward(ann, origin, second.seq, target);
  for (const { seq } of [first, second]) await bob.call('recall', { conversationId: origin, seq });
  for (const { seq } of [before, during])
    for (const person of [ann, cid]) expect(await gone(person, target, seq)).toBe('NOT_FOUND');
  await ageAll(tables);
  await deleteAll(system, tables);
  await sweepUploads(system, tables);
  for (const { id } of [first, second]) expect(await objects.keys(`media/${id}/`)).toHaveLength(2);
  await holds.release(hold);
  await holds.follow(hold, 2);
  await deleteAll(system, tables);
  await sweepUploads(system, tables);
  expect(await all()).toEqual([]);
});

test('what its author takes back under a hold on themselves is kept, and no forward shows it', async () => {
  const hold: HoldTarget = { kind: 'user', userId: 'bob' };
  await holds.hold(hold);
  await holds.follow(hold, 2);
  const [first, stays] = [await photoFrom(bob, origin), await photoFrom(bob, origin)];
  const sent = await forward(ann, origin, first.seq, target);
  const other = await forward(ann, origin, stays.seq, target);
  await bob.call('recall', { conversationId: origin, seq: first.seq });
  expect(await gone(cid, target, sent.seq)).toBe('NOT_FOUND');
  expect(code(await forward(cid, target, sent.seq, further))).toBe('NOT_FOUND');
  expect(await shows(cid, target, other.seq)).toBe(true);
  expect(await objects.keys(`media/${first.id}/`)).toHaveLength(2);
  await holds.release(hold);
  await holds.follow(hold, 2);
  expect(await objects.keys(`media/${first.id}/`)).toEqual([]);
  expect(await shows(cid, target, other.seq)).toBe(true);
});

test('only what its sender can read, where they may write', async () => {
  const { seq } = await photoFrom(bob, origin);
  expect(code(await forward(cid, origin, seq, target))).toBe('NOT_FOUND');
  expect(code(await forward(bob, origin, seq, target))).toBe('NOT_FOUND');
  const { seq: words } = await bob.call('send', { conversationId: origin, content: text('words') });
  expect(await forward(ann, origin, words, target)).toMatchObject({ content: text('words') });
});
