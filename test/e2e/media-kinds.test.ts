import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { fixture, marker } from '../support/media/fixture.ts';
import { pdf } from '../support/media/made-files.ts';
import { picture, pixelsOf } from '../support/media/made-pictures.ts';
import { silenceThenSound, wav } from '../support/media/made-wav.ts';
import { personalExif } from '../support/media/personal-exif.ts';
import { withMetadata } from '../support/media/with-metadata.ts';
import { download, sendFile } from '../support/media-exchange.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  system = await startTestSystem();
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
});
afterAll(() => system?.close());

const send = async (kind: string, contentType: string, bytes: Uint8Array) =>
  sendFile(alice, conversationId, { kind, contentType, bytes: new Uint8Array(bytes) });

const whole: [string, string, () => Promise<Buffer>, object][] = [
  ['image', 'image/jpeg', async () => picture('jpeg'), { width: 64, height: 48, variants: ['thumbnail'] }],
  ['image', 'image/png', async () => picture('png'), { width: 64, height: 48, variants: ['thumbnail'] }],
  ['image', 'image/gif', async () => picture('gif'), { width: 64, height: 48, variants: ['thumbnail'] }],
  ['audio', 'audio/wav', async () => wav(silenceThenSound), { durationMs: 2_000 }],
  ['file', 'application/pdf', async () => pdf, { bytes: pdf.length }],
];

test.each(whole)('%s %s: bytes in equal bytes out', async (kind, contentType, make, media) => {
  const bytes = await make();
  const ack = await send(kind, contentType, bytes);
  expect(ack).toMatchObject({ type: 'ack', media: { contentType, bytes: bytes.length, ...media } });
  const got = await download(bob, conversationId, ack.seq);
  expect(got.bytes.equals(bytes)).toBe(true);
});

test('a photo comes without its place and camera, with every pixel and a small picture of it', async () => {
  const photo = withMetadata('jpeg', await picture('jpeg', 900, 600));
  for (const personal of [marker, personalExif()]) expect(photo.includes(personal)).toBe(true);
  const ack = await send('image', 'image/jpeg', photo);
  expect(ack.media).toMatchObject({ contentType: 'image/jpeg', width: 900, height: 600 });
  expect(ack.media.placeholder.length).toBeLessThan(60);
  const { bytes, response } = await download(bob, conversationId, ack.seq);
  for (const personal of [marker, 'Exif', 'xmpmeta']) expect(bytes.includes(personal)).toBe(false);
  expect((await pixelsOf(bytes)).equals(await pixelsOf(photo))).toBe(true);
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  const thumbnail = await download(bob, conversationId, ack.seq, 'thumbnail');
  expect(thumbnail.response.headers.get('content-type')).toBe('image/webp');
  expect(thumbnail.bytes.length).toBeLessThan(bytes.length);
});

test.each([
  ['image', 'image/heic', 'picture.heic'],
  ['audio', 'audio/mpeg', 'tone.mp3'],
  ['video', 'video/mp4', 'film.mp4'],
])(
  '%s %s arrives with what can be told of it, and without what it told of anybody',
  async (kind, contentType, name) => {
    const ack = await send(kind, contentType, fixture(name));
    expect(ack).toMatchObject({ type: 'ack', media: { contentType } });
    if (kind !== 'audio')
      expect(ack.media).toMatchObject({ width: expect.any(Number), height: expect.any(Number) });
    if (kind !== 'image') expect(ack.media.durationMs).toBeGreaterThan(0);
    const { bytes, response } = await download(bob, conversationId, ack.seq);
    expect([response.status, bytes.length, bytes.includes(marker)]).toEqual([200, ack.media.bytes, false]);
    // Where nothing of it is left to be taken away, it comes as it went.
    const again = await send(kind, contentType, bytes);
    expect((await download(bob, conversationId, again.seq)).bytes.equals(bytes)).toBe(true);
  },
);

test('two people exchange a picture in the terminal client, by its path', async () => {
  const folder = await mkdtemp(joinPath(tmpdir(), 'lapse-terminal-'));
  const [sent, saved] = [joinPath(folder, 'the sea.png'), joinPath(folder, 'kept.png')];
  await writeFile(sent, await picture('png', 320, 200));
  const first = await terminal('alice', ['--to', 'bob'], `/send ${sent}\n/send ${folder}/none.png\n`);
  expect(first).toMatch(/alice ✓: \[picture the sea\.png, 320 × 200, [\d.]+ k?B?\w*\] \(\/save \d+, /);
  expect(first).toContain('there is no such file or folder');
  const seq = /the sea.*\/save (\d+)/.exec(first)?.[1];
  const second = await terminal('bob', ['--to', 'alice'], `/save ${seq} ${saved}\n/save ${seq} ${saved}\n`);
  expect(second).toContain(`saved as ${saved}`);
  expect(second).toContain('there is such a file already');
  expect((await readFile(saved)).equals(await readFile(sent))).toBe(true);
  await rm(folder, { recursive: true });
});

async function terminal(name: string, words: readonly string[], input: string): Promise<string> {
  const port = new URL(system.origin).port;
  const child = spawn(process.execPath, ['client/terminal/main.ts', name, '--port', port, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  let shown = '';
  child.stdout.on('data', (data) => {
    shown += String(data);
  });
  await new Promise((resolve) => child.on('close', resolve));
  return shown;
}
