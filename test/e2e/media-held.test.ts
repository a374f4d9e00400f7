import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { HoldTarget } from '../../shared/stores/privacy/holds.ts';
import { type Frame, join, openDirect, type Person } from '../support/chat-person.ts';
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
let alice: Person;
let bob: Person;
let conversationId: string;
let photo: Buffer;

beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  objects = storedObjects(system);
  holds = operatorHolds(system, tables);
  photo = await picture('png', 640, 480);
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
});
afterAll(async () => {
  tables?.close();
  objects?.close();
  await system?.close();
});

type Sent = { readonly mediaId: string; readonly seq: number };

async function sendPhoto(from: Person): Promise<Sent> {
  const file = { kind: 'image', contentType: 'image/png', bytes: new Uint8Array(photo) };
  const { id, seq } = await sendFile(from, conversationId, file);
  return { mediaId: id, seq };
}

const keysOf = ({ mediaId }: Sent) => ['original', 'thumbnail'].map((name) => `media/${mediaId}/${name}`);
const tagsOf = (sent: Sent, ...tags: readonly string[]) =>
  Object.fromEntries(keysOf(sent).map((key) => [key, tags]));
const refusalOf = async (person: Person, { seq }: Sent, variant?: 'thumbnail') =>
  (await person.call('download', { conversationId, seq, ...(variant && { variant }) })).error?.code;

async function expectThere(sent: Sent): Promise<void> {
  expect(await objects.keys(sent.mediaId)).toEqual(expect.arrayContaining(keysOf(sent)));
  for (const person of [alice, bob])
    expect((await download(person, conversationId, sent.seq)).bytes.equals(photo)).toBe(true);
}

describe('a picture of somebody who is held', () => {
  const target: HoldTarget = { kind: 'user', userId: 'alice' };
  let before: Sent;
  let during: Sent;
  let ofBob: Sent;

  test('is kept, with its thumbnail, out of reach of the bucket’s own expiry', async () => {
    before = await sendPhoto(alice);
    ofBob = await sendPhoto(bob);
    await sweepUploads(system, tables, before.mediaId, ofBob.mediaId);
    for (const sent of [before, ofBob])
      expect(await objects.tags(sent.mediaId)).toEqual(tagsOf(sent, 'lapse=timed'));
    await holds.hold(target);
    await holds.follow(target, 2);
    during = await sendPhoto(alice);
    await sweepUploads(system, tables, during.mediaId);
    for (const sent of [before, during]) expect(await objects.tags(sent.mediaId)).toEqual(tagsOf(sent));
    expect(await objects.tags(ofBob.mediaId)).toEqual(tagsOf(ofBob, 'lapse=timed'));
  });

  test('outlives its message’s end, the sweepers and DynamoDB’s own deletion, and nobody gets it', async () => {
    await ageAll(tables);
    await deleteAll(system, tables);
    await sweepUploads(system, tables);
    for (const sent of [before, during]) {
      expect(await objects.keys(sent.mediaId)).toEqual(keysOf(sent));
      for (const person of [alice, bob])
        expect([await refusalOf(person, sent), await refusalOf(person, sent, 'thumbnail')]).toEqual([
          'NOT_FOUND',
          'NOT_FOUND',
        ]);
    }
    expect(await objects.keys(ofBob.mediaId)).toEqual([]);
  });

  test('is gone after the release, with its thumbnail; one that has not ended stays', async () => {
    const fresh = await sendPhoto(bob);
    await holds.release(target);
    await holds.follow(target, 2);
    await deleteAll(system, tables);
    for (const sent of [before, during]) expect(await objects.keys(sent.mediaId)).toEqual([]);
    await expectThere(fresh);
  });
});

describe('the erasure of a picture under a hold', () => {
  const target: HoldTarget = { kind: 'user', userId: 'bob' };
  let held: Sent;
  let ofAlice: Sent;

  const receipts = async (): Promise<Frame> => {
    const input = { userId: 'bob' };
    const { payload }: Frame = await system.invoke('admin-user-receipts', { operator: 'olga', input });
    return payload.result;
  };
  const lineOf = ({ stores }: Frame): Frame => stores.find(({ store }: Frame) => store === 'mediaObjects');

  test('is refused in part: the objects stay, and the receipt says so', async () => {
    held = await sendPhoto(bob);
    ofAlice = await sendPhoto(alice);
    await holds.hold(target);
    const asked = await bob.call('erase', { scope: 'message', conversationId, seq: held.seq });
    expect(asked).toMatchObject({ type: 'ack', state: 'refused in part' });
    await bob.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
    const receipt = bob.pushes.find(({ type }) => type === 'erasure');
    expect(lineOf(receipt)).toMatchObject({ outcome: 'held', deleted: 0, found: 1, held: 1 });
    await expectThere(held);
  });

  test('is carried out by itself when the hold is lifted; the other’s picture is untouched', async () => {
    await holds.release(target);
    let report = await receipts();
    // Nothing tells an operator when it is over.
    while (report.open.length > 0) report = await receipts();
    expect(report.receipts).toEqual([expect.objectContaining({ state: 'done' })]);
    expect(lineOf(report.receipts[0])).toMatchObject({ deleted: 1, found: 0, held: 0 });
    expect((await objects.keys(held.mediaId)).filter((key) => key.startsWith('media/'))).toEqual([]);
    for (const person of [alice, bob]) expect(await refusalOf(person, held)).toBe('NOT_FOUND');
    await expectThere(ofAlice);
    await sweepUploads(system, tables, held.mediaId, ofAlice.mediaId);
    expect(await objects.keys(held.mediaId)).toEqual([]);
    await expectThere(ofAlice);
  });
});
