import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { textOf, unzipped } from '../support/own-export.ts';
import { systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let carol: Person;
const logs: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({ onLog: (_name, line) => void logs.push(line) });
  [alice, bob, carol] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'carol'),
  ]);
});
afterAll(async () => {
  await system?.close();
});

async function unzip(url: string): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    Object.entries(await unzipped(url)).map(([name, bytes]) => [name, textOf(bytes)]),
  );
}

const parsedLines = (text = '') =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

async function readableUntil(userId: string, instant: number): Promise<void> {
  const tables = systemTables(system);
  const key = { record: 'exports', at: userId };
  expect(await tables.get('PRIVACY_TABLE', key)).toHaveProperty('readableUntil');
  await tables.change('PRIVACY_TABLE', key, { readableUntil: instant });
  tables.close();
}

const isExport = ({ type }: Frame) => type === 'export';

test('what a person may see comes as a zip, and nothing else', async () => {
  const ours = await openDirect(alice, 'bob');
  const theirs = await openDirect(bob, 'carol');
  await alice.call('profile', { set: { nickname: 'Alice Cedar', signature: 'gone fishing' } });
  await carol.call('profile', { set: { nickname: 'Carol Maple' } });
  await alice.call('send', { conversationId: ours, content: text('hello bob ✓') });
  await bob.call('send', { conversationId: ours, content: text('hello alice') });
  await bob.call('send', { conversationId: theirs, content: text('between us two') });

  const asked = await alice.call('export');
  expect(asked).toMatchObject({ type: 'ack', requestId: expect.any(String), state: 'accepted' });
  expect(await alice.call('export')).toMatchObject({ requestId: asked.requestId });
  await alice.until((pushes) => pushes.some(isExport));
  const pushed = alice.pushes.find(isExport);
  expect(pushed).toEqual({
    type: 'export',
    requestId: asked.requestId,
    url: expect.any(String),
    expiresAt: expect.any(Number),
    parts: 1,
  });

  const files = await unzip(pushed.url);
  expect(Object.keys(files).toSorted()).toEqual(
    [
      ...['about.json', 'connections.json', 'consent.json', 'conversations.jsonl', 'profile.json'],
      ...['personal.jsonl', 'rate-limits.json', 'requests.json', 'sends.jsonl', `messages/${ours}.jsonl`],
      ...['index.html', `messages/${ours}/1.html`],
    ].toSorted(),
  );
  expect(parsedLines(files[`messages/${ours}.jsonl`])).toEqual([
    expect.objectContaining({ seq: 1, from: 'alice', content: text('hello bob ✓') }),
    expect.objectContaining({ seq: 2, from: 'bob', content: text('hello alice') }),
  ]);
  expect(parsedLines(files['conversations.jsonl'])).toEqual([
    expect.objectContaining({ conversationId: ours, members: ['alice', 'bob'] }),
  ]);
  expect(JSON.parse(files['profile.json'] ?? '')).toMatchObject({ nickname: 'Alice Cedar' });
  expect(JSON.parse(files['consent.json'] ?? '')).toMatchObject([
    { decision: 'granted', jurisdiction: 'KR' },
  ]);
  const marks = parsedLines(files['personal.jsonl']).map(({ entry }) => entry);
  // Beside when they were last there, if a connection of theirs has been seen to end by then.
  expect(marks.filter((entry) => entry !== 'lastActive')).toEqual([
    expect.stringMatching(`^recent#.*#${ours}$`),
  ]);
  const everything = Object.values(files).join('\n');
  for (const others of ['carol', 'Carol', theirs, 'between us two']) expect(everything).not.toContain(others);
});

test('asked for again it is the same one, with an address, until its time is over', async () => {
  const { requestId } = alice.pushes.find(isExport);
  const again = await alice.call('export');
  expect(again).toMatchObject({ requestId, state: 'ready', parts: 1 });
  expect(Object.keys(await unzip(again.url))).toContain('about.json');
  expect(await alice.call('export', { part: 2 })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(bob.pushes.filter(isExport)).toEqual([]);
});

test('no key, record, queue or log says whose it is or what is in it', async () => {
  const kept = await everythingKept(system);
  const zips = kept.filter(({ where, text: kept }) => where.startsWith('bucket') && kept.includes('.zip'));
  expect(zips).toHaveLength(1);
  expect(JSON.parse(zips[0]?.text ?? '').Key).toMatch(/^[0-9a-f-]{36}\/1-[0-9a-f-]{36}\.zip$/);
  expect(logs.join('')).not.toMatch(/hello bob|gone fishing|X-Amz-Signature/);
  const records = kept.filter(({ text: kept }) => kept.includes('"record":"exports"'));
  expect(records).toHaveLength(1);
  expect(records[0]?.text).not.toMatch(/hello bob|gone fishing|X-Amz/);
});

test('with no signature, or one that was changed, there is nothing to be had', async () => {
  const { url } = alice.pushes.find(isExport);
  for (const wrong of [url.split('?')[0], url.replace(/Expires=\d+/, 'Expires=9000')]) {
    expect((await fetch(wrong)).status).toBe(403);
  }
});

test('when its time is over a schedule deletes it, and a new one can be asked for', async () => {
  await readableUntil('alice', Date.now() - 1_000);
  expect(await alice.call('export')).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } });
  expect(await system.schedules.fire('tend-exports')).toMatchObject({ ok: true });
  expect((await everythingKept(system)).filter(({ where }) => where.startsWith('bucket'))).toEqual([]);
  const { requestId: before } = alice.pushes.find(isExport);
  const { requestId } = await alice.call('export');
  expect(requestId).not.toBe(before);
  await alice.until((pushes) => pushes.some((push) => isExport(push) && push.requestId === requestId));
});

test('what a member has erased is in no zip of another one that can still be fetched', async () => {
  const ours = await openDirect(alice, 'bob');
  const { seq } = await alice.call('send', { conversationId: ours, content: text('better forgotten') });
  const { requestId: before } = await bob.call('export');
  await bob.until((pushes) => pushes.some((push) => isExport(push) && push.requestId === before));
  const { url } = bob.pushes.find(isExport);
  expect((await unzip(url))[`messages/${ours}.jsonl`]).toContain('better forgotten');
  const { requestId } = await alice.call('erase', { scope: 'message', conversationId: ours, seq });
  const isReceipt = (push: Frame) => push.type === 'erasure' && push.requestId === requestId;
  await alice.until((pushes) => pushes.some(isReceipt));
  expect((await fetch(url)).status).toBe(404);
  const line = alice.pushes.find(isReceipt).stores.find(({ store }: Frame) => store === 'exportFiles');
  // Of nobody else's export anything is told.
  expect(line).toMatchObject({ outcome: 'erased', deleted: 0, found: 0, until: expect.any(String) });
  const { requestId: anew } = await bob.call('export');
  expect(anew).not.toBe(before);
  const isAnew = (push: Frame) => isExport(push) && push.requestId === anew;
  await bob.until((pushes) => pushes.some(isAnew));
  const files = await unzip(bob.pushes.find(isAnew).url);
  expect(Object.values(files).join()).not.toContain('better forgotten');
  expect(files[`messages/${ours}.jsonl`]).toContain('hello bob');
});
