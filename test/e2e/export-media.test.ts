import type { Person } from '../support/chat-person.ts';
import { fixture } from '../support/media/fixture.ts';
import { picture } from '../support/media/made-pictures.ts';
import { withMetadata } from '../support/media/with-metadata.ts';
import { type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, download, sendFile, type TestFile } from '../support/media-exchange.ts';
import { type ExportFiles, ownExport, textOf } from '../support/own-export.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let mallory: Person;
let conversationId: string;
let files: ExportFiles;
const sent = { photo: 0, song: 0, ended: 0, erased: 0, ofBob: 0 };
const toMallory = anyFile();
const ended = anyFile();

const file = (kind: string, contentType: string, bytes: Buffer): TestFile => ({
  kind,
  contentType,
  bytes: new Uint8Array(bytes),
});

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, mallory, conversationId } = chat);
  const send = async (from: Person, media: TestFile, where = conversationId): Promise<number> =>
    (await sendFile(from, where, media)).seq;
  const photo = withMetadata('jpeg', await picture('jpeg', 640, 480));
  sent.photo = await send(alice, file('image', 'image/jpeg', photo));
  sent.song = await send(alice, file('audio', 'audio/mpeg', fixture('tone.mp3')));
  sent.ended = await send(alice, ended);
  sent.erased = await send(alice, anyFile());
  sent.ofBob = await send(bob, anyFile());
  await send(alice, toMallory, chat.elsewhere);
  const endsAt = Math.floor(Date.now() / 1000);
  await chat.tables.change('MESSAGE_TABLE', { conversationId, seq: sent.ended }, { endsAt });
  await alice.call('erase', { scope: 'message', conversationId, seq: sent.erased });
  await alice.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  files = await ownExport(alice);
});
afterAll(async () => chat?.close());

const mediaIn = (exported: ExportFiles) =>
  Object.keys(exported)
    .filter((name) => name.startsWith('media/'))
    .toSorted();
const nameOf = (seq: number, where = conversationId) =>
  Object.keys(files).find((name) => name.startsWith(`media/${where}/${seq}.`)) ?? '';
const bytesAt = (seq: number, where = conversationId) => Buffer.from(files[nameOf(seq, where)] ?? []);

test('an export has the bytes of what one has sent, as others download them', async () => {
  for (const seq of [sent.photo, sent.song]) {
    const { bytes } = await download(bob, conversationId, seq);
    expect(bytesAt(seq).equals(bytes)).toBe(true);
  }
  expect(bytesAt(1, chat.elsewhere).equals(Buffer.from(toMallory.bytes))).toBe(true);
});

test('each file is under the number of the message that says what it is called', () => {
  const lines = textOf(files[`messages/${conversationId}.jsonl`]).split('\n').filter(Boolean);
  const withMedia = lines.map((line) => JSON.parse(line)).filter(({ content }) => content.type !== 'text');
  const names = withMedia.map(({ seq }) => nameOf(seq));
  expect(mediaIn(files)).toEqual([...names, nameOf(1, chat.elsewhere)].toSorted());
  for (const name of names) expect(name).toMatch(/\/\d+\.[a-z0-9]+$/);
  expect(withMedia.map(({ seq }) => seq)).toEqual([sent.photo, sent.song, sent.ofBob]);
});

test('what has ended or was erased is not in it', () => {
  for (const seq of [sent.ended, sent.erased]) expect(nameOf(seq)).toBe('');
  for (const bytes of Object.values(files))
    expect(Buffer.from(bytes).includes(Buffer.from(ended.bytes))).toBe(false);
});

test('of conversations that one is not in there is nothing', async () => {
  expect(mediaIn(await ownExport(mallory))).toEqual([nameOf(1, chat.elsewhere)]);
});
