import type { Frame, Person } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { fixture } from '../support/media/fixture.ts';
import { page, pdf, pngOf, svg, zipBomb } from '../support/media/made-files.ts';
import { picture } from '../support/media/made-pictures.ts';
import { type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { download, sendFile } from '../support/media-exchange.ts';

let chat: MediaChat;
const logged: string[] = [];
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  chat = await startMediaChat({ onLog: (_name, line) => logged.push(line) });
  ({ alice, bob, conversationId } = chat);
});
afterAll(async () => chat?.close());

const send = async (kind: string, contentType: string, bytes: Uint8Array): Promise<Frame> =>
  sendFile(alice, conversationId, { kind, contentType, bytes: new Uint8Array(bytes) });

test.each<[string, string, string, () => Promise<Uint8Array>]>([
  ['an archive called PNG', 'image', 'image/png', async () => zipBomb],
  ['sound called a film', 'video', 'video/mp4', async () => fixture('tone.mp3')],
  ['SVG as a picture', 'image', 'image/svg+xml', async () => svg],
  ['SVG called PNG', 'image', 'image/png', async () => svg],
  ['a page called GIF', 'image', 'image/gif', async () => page],
  [
    'a picture that is an archive as well',
    'image',
    'image/png',
    async () => Buffer.concat([await picture('png'), zipBomb]),
  ],
  [
    'a picture that is a page as well',
    'image',
    'image/jpeg',
    async () => Buffer.concat([await picture('jpeg'), page]),
  ],
  [
    'a document that is an archive as well',
    'file',
    'application/pdf',
    async () => Buffer.concat([pdf, zipBomb]),
  ],
  ['a picture of a hundred megapixels', 'image', 'image/png', async () => pngOf(10_000, 10_000)],
])('%s is refused, and nothing of it is kept', async (_, kind, contentType, make) => {
  const refused = await send(kind, contentType, await make());
  expect(refused).toMatchObject({ error: { code: 'MEDIA_MISMATCH' } });
  const kept = await everythingKept(chat.system);
  expect(
    kept.filter(({ text }) => text.includes(`/${refused.id}/`)).map(({ text }) => JSON.parse(text).body),
  ).toEqual(['']);
});

test.each<[string, string, Uint8Array]>([
  ['SVG', 'image/svg+xml', svg],
  ['a page', 'text/html', page],
  ['a script', 'text/javascript', Buffer.from('alert(1)')],
  ['a document', 'application/pdf', pdf],
  ['an archive', 'application/zip', zipBomb],
])('%s as a file leaves as it came, as bytes that nothing runs', async (_, contentType, bytes) => {
  const ack = await send('file', contentType, bytes);
  const { response, bytes: got } = await download(bob, conversationId, ack.seq);
  expect(got.equals(Buffer.from(bytes))).toBe(true);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toBe('attachment');
});

test('what a decoder says about damaged media is not in the log', async () => {
  const damaged = Buffer.from(fixture('picture.heic'));
  damaged.fill(0, damaged.length - 600);
  const film = Buffer.from(fixture('film.mp4'));
  film.write('\u0001bob', film.indexOf('mp4a'), 'latin1');
  const before = logged.length;
  await send('image', 'image/heic', damaged);
  await send('video', 'video/mp4', film);
  await send('image', 'image/heic', damaged.subarray(0, 300));
  expect(logged.slice(before).filter((line) => !line.startsWith('{'))).toEqual([]);
});
