import { randomBytes } from 'node:crypto';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { fixture } from '../support/media/fixture.ts';
import { picture } from '../support/media/made-pictures.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { describeFile, download, put, sendFile, type TestFile, upload } from '../support/media-exchange.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const log: string[] = [];
let chat: MediaChat;
let system: LocalSystem;
let alice: Person;
let bob: Person;
let mallory: Person;
let conversationId: string;
let image: TestFile;

beforeAll(async () => {
  chat = await startMediaChat({
    onLog: (name, line) => void log.push(`${name} ${line}`),
    assemblyFolder: await synthesizedAssembly({ messages: { store: false, handover: '5m' } }),
  });
  ({ system, alice, bob, mallory, conversationId } = chat);
  image = { kind: 'image', contentType: 'image/png', bytes: new Uint8Array(await picture('png')) };
});
afterAll(() => chat?.close());

const file = (bytes: Uint8Array = randomBytes(1_000)): TestFile => ({
  kind: 'file',
  contentType: 'application/octet-stream',
  bytes: new Uint8Array(bytes),
});
const ask = async (person: Person, seq: number, more: object = {}): Promise<Frame> =>
  person.call('download', { conversationId, seq, ...more });
const sweep = async () => system.schedules.fire('sweep-handovers');

/** What can be fetched; where the bytes arrived an empty object takes nothing more. */
const objectsOf = async (mediaId: string): Promise<readonly string[]> =>
  (await chat.objects.keys(mediaId)).filter((key) => key.startsWith('media/'));
const uploadsOf = async (mediaId: string): Promise<readonly string[]> => chat.objects.keys(mediaId);
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

/** Sent by alice and arrived at everybody of these. */
async function handOver(
  to: readonly Person[],
  what: TestFile = file(),
): Promise<{ seq: number; mediaId: string }> {
  const { seq, stored, id } = await sendFile(alice, conversationId, what);
  expect(stored).toBe(false);
  for (const person of to) await person.until((pushes) => pushes.some(({ message }) => message?.seq === seq));
  return { seq, mediaId: id };
}

test('hello says for how long media can be fetched', async () => {
  const { retention } = await bob.call('hello');
  expect(retention.messages).toEqual({ stored: false, seconds: 604_800, handoverSeconds: 300 });
});

test('a picture reaches who is connected, and is gone as soon as they have it', async () => {
  const { seq, mediaId } = await handOver([bob], image);
  expect(bob.pushes.at(-1).message.content).toMatchObject({
    type: 'image',
    media: { contentType: 'image/png', width: 64, height: 48, variants: ['thumbnail'] },
  });
  const whole = await download(bob, conversationId, seq);
  expect(whole.bytes).toEqual(Buffer.from(image.bytes));
  expect(whole.expiresAt).toBeLessThanOrEqual(secondsAgo(0) + 120);
  expect((await download(bob, conversationId, seq, 'thumbnail')).response.status).toBe(200);
  const { url } = await ask(bob, seq);
  await sweep();
  expect(await objectsOf(mediaId)).toHaveLength(2);

  expect(await ask(bob, seq, { received: true })).toEqual({ type: 'ack', id: expect.any(String) });
  expect(await objectsOf(mediaId)).toEqual([]);
  expect((await fetch(url)).status).toBe(404);
  for (const person of [alice, bob]) expect(codeOf(await ask(person, seq))).toBe('NOT_FOUND');
});

test('each kind of media passes', async () => {
  const film = { kind: 'video', contentType: 'video/mp4', bytes: new Uint8Array(fixture('film.mp4')) };
  const { seq } = await handOver([bob], film);
  expect((await download(bob, conversationId, seq)).response.headers.get('content-disposition')).toBe(
    'attachment',
  );
});

test('a film passes with its poster, and both go together', async () => {
  const film = { kind: 'video', contentType: 'video/mp4', bytes: new Uint8Array(fixture('film.mp4')) };
  const posterId = await upload(alice, conversationId, image);
  const { seq, id } = await sendFile(alice, conversationId, film, { posterId });
  await bob.until((pushes) => pushes.some(({ message }) => message?.seq === seq));
  expect(bob.pushes.at(-1).message.content.media).toMatchObject({
    variants: ['poster'],
    placeholder: expect.any(String),
  });
  expect((await download(bob, conversationId, seq, 'poster')).response.headers.get('content-type')).toBe(
    'image/webp',
  );
  const kept = await everythingKept(system);
  expect(kept.filter(({ text }) => text.includes('placeholder'))).toEqual([]);
  expect(await objectsOf(id)).toHaveLength(2);
  await ask(bob, seq, { received: true });
  expect(await objectsOf(id)).toEqual([]);
  expect(await objectsOf(posterId)).toEqual([]);
});

test('it waits for each connection that got the message, and for none that has gone', async () => {
  const second = await connect(system, 'bob');
  const { seq, mediaId } = await handOver([bob, second]);
  await ask(bob, seq, { received: true });
  await ask(bob, seq, { received: true });
  await sweep();
  expect(await objectsOf(mediaId)).toHaveLength(1);
  expect((await download(second, conversationId, seq)).response.status).toBe(200);
  second.socket.close();
  await second.closed;
  // `$disconnect` runs by itself: no event tells that it has.
  while ((await objectsOf(mediaId)).length > 0) await sweep();
  expect(codeOf(await ask(bob, seq))).toBe('NOT_FOUND');
});

test('who has not got the message can neither end it nor, as a stranger, fetch it', async () => {
  const { seq, mediaId } = await handOver([bob]);
  expect(codeOf(await ask(mallory, seq))).toBe('NOT_FOUND');
  expect(codeOf(await ask(mallory, seq, { received: true }))).toBe('NOT_FOUND');
  expect(codeOf(await ask(bob, seq + 1, { received: true }))).toBe('NOT_FOUND');
  expect(await ask(alice, seq, { received: true })).toMatchObject({ type: 'ack' });
  expect(await objectsOf(mediaId)).toHaveLength(1);
  expect((await download(bob, conversationId, seq)).response.status).toBe(200);
});

test('where nobody is connected it is over as it begins', async () => {
  const { socket, closed } = await join(chat.system, 'zoe');
  socket.close();
  await closed;
  const alone = await openDirect(alice, 'zoe');
  const { seq, id } = await sendFile(alice, alone, file());
  expect(codeOf(await alice.call('download', { conversationId: alone, seq }))).toBe('NOT_FOUND');
  await sweep();
  expect(await objectsOf(id)).toEqual([]);
});

test('when its time is over nobody can fetch it, whether or not it is deleted yet', async () => {
  const ended = await handOver([bob]);
  const other = await handOver([bob]);
  await chat.tables.change('HANDOVER_TABLE', { conversationId, seq: ended.seq }, { until: secondsAgo(0) });
  expect(codeOf(await ask(bob, ended.seq))).toBe('NOT_FOUND');
  expect(await objectsOf(ended.mediaId)).toHaveLength(1);
  await sweep();
  expect(await objectsOf(ended.mediaId)).toEqual([]);
  expect((await download(bob, conversationId, other.seq)).response.status).toBe(200);
});

test('no address outlives the hand-over', async () => {
  const { seq } = await handOver([bob]);
  const until = secondsAgo(-30);
  await chat.tables.change('HANDOVER_TABLE', { conversationId, seq }, { until });
  expect(await ask(bob, seq)).toMatchObject({ expiresAt: until });
});

test('an upload that is never sent is deleted, another one that is under way is not', async () => {
  const [forgotten, recent] = [
    await upload(alice, conversationId, file()),
    await upload(alice, conversationId, file()),
  ];
  await chat.tables.change('MEDIA_TABLE', { mediaId: forgotten }, { sweepAt: secondsAgo(1) });
  await sweep();
  expect(await uploadsOf(forgotten)).toEqual([]);
  expect(await uploadsOf(recent)).toHaveLength(1);
});

test('what was sent late is not taken for an upload that was never sent', async () => {
  const { seq, mediaId } = await handOver([bob]);
  await chat.tables.change('MEDIA_TABLE', { mediaId }, { sweepAt: secondsAgo(1) });
  await sweep();
  expect(await objectsOf(mediaId)).toHaveLength(1);
  await ask(bob, seq, { received: true });
  await sweep();
  expect(await objectsOf(mediaId)).toEqual([]);
});

test('a repeat gets the first result, also when the media is gone; no other send gets the media', async () => {
  const mediaId = await upload(alice, conversationId, file());
  const frame = { id: 'once', conversationId, content: { type: 'file', mediaId } };
  const { media, ...first } = await alice.call('send', frame);
  const repeat = async () => alice.call('send', frame);
  expect(await repeat()).toEqual({ ...first, duplicate: true, media });
  await bob.until((pushes) => pushes.some(({ message }) => message?.seq === first.seq));
  await ask(bob, first.seq, { received: true });
  expect(await repeat()).toEqual({ ...first, duplicate: true });
  expect(codeOf(await alice.call('send', { ...frame, id: 'twice' }))).toBe('MEDIA_MISMATCH');
});

test('what was pushed when the function died is pushed again by its repeat, and can be fetched', async () => {
  const mediaId = await upload(alice, conversationId, image);
  const frame = { id: 'died', conversationId, content: { type: 'image', mediaId } };
  const pushesOf = () => bob.pushes.filter(({ message }) => message?.id === 'died');
  system.gateway.faults.set({ kind: 'drop' }, { times: 1 });
  alice.sendRaw(JSON.stringify({ action: 'send', ...frame }));
  await bob.until(() => pushesOf().length > 0);
  system.pool.kill('send');
  await alice.until((pushes) => pushes.some(({ connectionId }) => connectionId !== undefined));
  const { seq } = pushesOf()[0].message;
  expect(await alice.call('send', frame)).toMatchObject({ duplicate: true, seq });
  await bob.until(() => pushesOf().length > 1);
  expect((await download(bob, conversationId, seq)).bytes).toEqual(Buffer.from(image.bytes));
});

test('an address takes the announced bytes once, as everywhere', async () => {
  const what = file();
  const ack = await alice.call('upload', { conversationId, ...describeFile(what) });
  expect((await put(ack, new Uint8Array(randomBytes(1_000)))).status).toBe(400);
  expect((await put(ack, what.bytes)).status).toBe(200);
  expect((await put(ack, what.bytes)).status).toBe(412);
});

test('messages are stored no more than without: no history, and nothing of what passed but in the bucket', async () => {
  const canary = `canary${randomBytes(6).toString('hex')}`;
  const marked = file(Buffer.from(`${canary} in the bytes`));
  await sendFile(alice, conversationId, marked, { caption: `${canary} caption`, name: `${canary}.bin` });
  await alice.call('send', { conversationId, content: text(canary) });
  expect(codeOf(await bob.call('history', { conversationId }))).toBe('NOT_STORED');
  const kept = (await everythingKept(system)).filter((each) => each.text.includes(canary));
  expect(kept.map(({ where }) => where)).toEqual([expect.stringMatching(/^bucket .*handover/)]);
  expect(log.join('\n')).not.toContain(canary);
});

test('no table holds what a picture looks like', async () => {
  const { placeholder } = bob.pushes.find(({ message }) => message?.content.type === 'image').message.content
    .media;
  expect(placeholder).toEqual(expect.any(String));
  const kept = await everythingKept(system);
  const tables = kept.filter(({ where }) => where.startsWith('table'));
  expect(tables.some(({ text: item }) => item.includes('"width":64'))).toBe(true);
  for (const { text: item } of tables) expect(item).not.toContain(placeholder);
});

test('withdrawn consent is a closed door here too', async () => {
  const { seq } = await handOver([bob]);
  const before = await join(system, 'dora');
  await before.call('consent', { decision: 'withdraw' });
  await before.closed;
  const dora = await connect(system, 'dora');
  expect(codeOf(await dora.call('download', { conversationId, seq }))).toBe('CONSENT_REQUIRED');
});

test('the receipt of an erasure says when the last of what was handed over is gone', async () => {
  const erin = await join(system, 'erin');
  await erin.call('erase', { scope: 'account' });
  await erin.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const { stores, finishedAt } = erin.pushes.find(({ type }) => type === 'erasure');
  const until = new Date(Date.parse(finishedAt) + 3_600_000).toISOString();
  for (const store of ['media', 'handovers', 'handoverObjects'])
    expect(stores).toContainEqual(expect.objectContaining({ store, outcome: 'ages out', until }));
  expect(stores.map(({ store }: { store: string }) => store)).not.toContain('mediaObjects');
});
