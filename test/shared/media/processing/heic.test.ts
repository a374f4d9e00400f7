import { defaultMediaLimits } from '../../../../shared/media/processing/media-limits.ts';
import { decodeHeif } from '../../../../shared/media/processing/picture/decode-heif.ts';
import { fixture, marker } from '../../../support/media/fixture.ts';
import { mismatch, processed } from '../../../support/media/process.ts';

test('a HEIC loses its Exif and XMP and keeps every pixel', async () => {
  const source = fixture('picture.heic');
  expect(source.includes(marker)).toBe(true);
  const { bytes, facts, derivatives } = await processed(source, 'image', 'image/heic');
  expect(Buffer.from(bytes).includes(marker)).toBe(false);
  expect(bytes.length).toBe(source.length);
  expect(facts).toMatchObject({ contentType: 'image/heic', width: 64, height: 48 });
  expect(derivatives.map(({ name, contentType }) => [name, contentType])).toEqual([
    ['thumbnail', 'image/webp'],
  ]);
  const [before, after] = await Promise.all([
    decodeHeif(source, defaultMediaLimits),
    decodeHeif(bytes, defaultMediaLimits),
  ]);
  expect(Buffer.from(after.rgba).equals(Buffer.from(before.rgba))).toBe(true);
});

test('a clean HEIC passes as it is', async () => {
  const { bytes: clean } = await processed(fixture('picture.heic'), 'image', 'image/heif');
  const { bytes } = await processed(clean, 'image', 'image/heic');
  expect(Buffer.from(bytes).equals(Buffer.from(clean))).toBe(true);
});

test('a HEIC of more pixels than allowed is refused', async () => {
  const limits = { ...defaultMediaLimits, pixels: 64 * 48 - 1 };
  await expect(processed(fixture('picture.heic'), 'image', 'image/heic', limits)).rejects.toEqual(mismatch);
});
