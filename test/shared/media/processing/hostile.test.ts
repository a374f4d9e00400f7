import fc from 'fast-check';
import { fixture } from '../../../support/media/fixture.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';

const kinds = ['image', 'audio', 'video', 'file'] as const;
const files = [
  ['picture.jpg', 'image', 'image/jpeg', () => picture('jpeg')],
  ['picture.png', 'image', 'image/png', () => picture('png')],
  ['picture.gif', 'image', 'image/gif', () => picture('gif')],
  ['picture.webp', 'image', 'image/webp', () => picture('webp')],
  ['picture.heic', 'image', 'image/heic', undefined],
  ['picture.avif', 'file', 'image/avif', undefined],
  ['tone.mp3', 'audio', 'audio/mpeg', undefined],
  ['tone.ogg', 'audio', 'audio/ogg', undefined],
  ['vorbis.ogg', 'audio', 'audio/ogg', undefined],
  ['tone.flac', 'audio', 'audio/flac', undefined],
  ['tone.m4a', 'audio', 'audio/mp4', undefined],
  ['tone.aac', 'audio', 'audio/aac', undefined],
  ['tone.webm', 'audio', 'audio/webm', undefined],
  ['film.mp4', 'video', 'video/mp4', undefined],
  ['film.mov', 'video', 'video/quicktime', undefined],
  ['film.webm', 'video', 'video/webm', undefined],
  ['film.mkv', 'video', 'video/x-matroska', undefined],
  ['fragmented.mp4', 'video', 'video/mp4', undefined],
  ['flac.ogg', 'audio', 'audio/ogg', undefined],
  ['rf64.wav', 'audio', 'audio/wav', undefined],
  ['subtitled.mkv', 'file', 'video/matroska', undefined],
  ['film.avi', 'file', 'video/vnd.avi', undefined],
  ['film.m2ts', 'file', 'video/mp2t', undefined],
  ['tone.aiff', 'file', 'audio/aiff', undefined],
  ['tagged.tiff', 'file', 'image/tiff', undefined],
  ['picture.jxl', 'file', 'image/jxl', undefined],
] as const;

/** Where to damage (headers more often than content), and how. */
const wounds = fc.array(
  fc.record({
    at: fc.oneof(fc.nat(300), fc.nat()),
    how: fc.constantFrom('flip', 'zero', 'full', 'cut', 'leaveOut', 'repeat'),
    bit: fc.nat(7),
  }),
  { minLength: 1, maxLength: 5 },
);

function wound(bytes: Buffer, { at, how, bit }: { at: number; how: string; bit: number }): Buffer {
  const place = at % Math.max(1, bytes.length);
  const byte = bytes[place] ?? 0;
  if (how === 'cut') return bytes.subarray(0, place);
  if (how === 'leaveOut') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1 + bit)]);
  if (how === 'repeat') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place >> 1)]);
  const damaged = Buffer.from(bytes);
  if (place < damaged.length) damaged[place] = how === 'flip' ? byte ^ (1 << bit) : how === 'zero' ? 0 : 0xff;
  return damaged;
}

/** A result whose facts are sane, or the one error that a client may see. */
async function isResultOrMismatch(source: Uint8Array, kind: (typeof kinds)[number], contentType: string) {
  const result = await processed(source, kind, contentType).catch((error: unknown) => error);
  if (result instanceof Error) expect(result).toEqual(mismatch);
  else expect(result).toMatchObject({ facts: { bytes: expect.any(Number) } });
}

test.each(files)(
  '%s, damaged in any way, is a result or a mismatch',
  async (name, kind, contentType, make) => {
    const whole = make ? await make() : fixture(name);
    await fc.assert(
      fc.asyncProperty(wounds, (all) => isResultOrMismatch(all.reduce(wound, whole), kind, contentType)),
      { numRuns: 25 },
    );
  },
);

test('any bytes under any name are a result or a mismatch, and no media', async () => {
  const names = fc.constantFrom(
    ...files.map(([, , contentType]) => contentType),
    'application/pdf',
    'text/html',
    '',
  );
  const bytes = fc.uint8Array({ maxLength: 4_096 });
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...kinds), names, (source, kind, name) =>
      isResultOrMismatch(source, kind, name),
    ),
    { numRuns: 200 },
  );
});

test('memory stays bounded whatever comes', async () => {
  await processed(await picture('jpeg'), 'image', 'image/jpeg');
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(wounds, async (all) =>
      isResultOrMismatch(all.reduce(wound, await picture('png')), 'image', 'image/png'),
    ),
    { numRuns: 50 },
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});
