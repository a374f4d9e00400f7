import { deflateSync, gzipSync } from 'node:zlib';
import { defaultMediaLimits } from '../../../../shared/media/processing/media-limits.ts';
import { processMedia } from '../../../../shared/media/processing/process-media.ts';
import { refuseSampleBomb } from '../../../../shared/media/processing/track/refuse-sample-bomb.ts';
import { fixture } from '../../../support/media/fixture.ts';
import { pngChunk, pngOf, zipBomb } from '../../../support/media/made-files.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';

const mebibyte = 1024 * 1024;

test('a small file that is a picture of a hundred megapixels is refused; the same, smaller, is a picture', async () => {
  const bomb = pngOf(10_000, 10_000);
  expect(bomb.length).toBeLessThan(20_000);
  await expect(processed(bomb, 'image', 'image/png')).rejects.toEqual(mismatch);
  const { facts } = await processed(pngOf(1_000, 1_000), 'image', 'image/png');
  expect(facts).toMatchObject({ width: 1_000, height: 1_000 });
});

test('a picture that declares more than it has is refused before it is decoded', async () => {
  const bomb = await picture('png');
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  await expect(processed(bomb, 'image', 'image/png')).rejects.toEqual(mismatch);
});

test('a profile of colours of common size stays', async () => {
  const profile = Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(Buffer.alloc(3_000))]);
  const plain = pngOf(64, 48, pngChunk('iCCP', profile));
  const { bytes } = await processed(plain, 'image', 'image/png');
  expect(Buffer.from(bytes).equals(plain)).toBe(true);
});

test('a GIF of small frames in a space of gigapixels is refused', async () => {
  const bomb = await picture('gif');
  bomb.writeUInt16LE(60_000, 6);
  bomb.writeUInt16LE(60_000, 8);
  await expect(processed(bomb, 'image', 'image/gif')).rejects.toEqual(mismatch);
});

test('of an animation one frame is decoded, however many there are', async () => {
  const one = await picture('gif');
  const firstFrame = one.indexOf(0x2c, 13 + 3 * 2 ** (((one[10] ?? 0) & 7) + 1));
  const frames = Array.from({ length: 1_000 }, () => one.subarray(firstFrame, -1));
  const animation = Buffer.concat([one.subarray(0, firstFrame), ...frames, Buffer.from([0x3b])]);
  const pixels = 64 * 48;
  const limited = (limit: number) =>
    processed(animation, 'image', 'image/gif', { pixels: limit, durationMs: 1 });
  await expect(limited(pixels)).resolves.toMatchObject({ facts: { width: 64, height: 48 } });
  await expect(limited(pixels - 1)).rejects.toEqual(mismatch);
});

test.each(['iCCP', 'zTXt'])(
  'what is packed in a chunk %s is neither unfolded nor passed on',
  async (type) => {
    const packed = Buffer.concat([
      Buffer.from('name\0\0', 'latin1'),
      deflateSync(Buffer.alloc(256 * mebibyte)),
    ]);
    const bomb = pngOf(64, 48, pngChunk(type, packed));
    const before = process.memoryUsage().rss;
    const { facts, bytes } = await processed(bomb, 'image', 'image/png');
    expect(facts).toMatchObject({ width: 64, height: 48 });
    expect(Buffer.from(bytes).equals(pngOf(64, 48))).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * mebibyte);
  },
);

test.each([
  ['gzip', 'application/gzip', gzipSync(Buffer.alloc(64 * mebibyte))],
  ['zip', 'application/zip', zipBomb],
])('a %s is never unpacked', async (_, contentType, bomb) => {
  const before = process.memoryUsage().arrayBuffers;
  const { bytes, facts } = await processMedia(bomb, { kind: 'file', contentType }, defaultMediaLimits);
  expect(bytes).toBe(bomb);
  expect(facts).toEqual({ contentType, bytes: bomb.length });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * mebibyte);
});

test.each([
  ['samples in a chunk', 'stsc', 16],
  ['chunks', 'stsc', 12],
  ['samples with a size each', 'stsz', 12],
])('a film that claims billions of %s is refused before they are added up', async (_, table, at) => {
  const bomb = Buffer.from(fixture('film.mp4'));
  bomb.writeUInt32BE(0xffff_ffff, bomb.indexOf(table) + at);
  await expect(processed(bomb, 'video', 'video/mp4')).rejects.toEqual(mismatch);
});

test('sound in frames of no length is refused: its reader would never come to an end', async () => {
  const bomb = Buffer.from(fixture('tone.aac'));
  bomb.writeUInt16BE(bomb.readUInt16BE(4) & 0x001f, 4);
  bomb.writeUInt8(bomb.readUInt8(3) & 0xfc, 3);
  await expect(processed(bomb, 'audio', 'audio/aac')).rejects.toEqual(mismatch);
});

test('a film that claims billions of frames is refused before they are unfolded', async () => {
  const bomb = Buffer.from(fixture('film.mp4'));
  bomb.writeUInt32BE(0xffff_ffff, bomb.indexOf('ctts') + 12);
  expect(() => refuseSampleBomb(bomb)).toThrow(mismatch);
  await expect(processed(bomb, 'video', 'video/mp4')).rejects.toEqual(mismatch);
  await expect(processed(fixture('film.mp4'), 'video', 'video/mp4')).resolves.toBeDefined();
});
