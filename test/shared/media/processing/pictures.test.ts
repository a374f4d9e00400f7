import { marker } from '../../../support/media/fixture.ts';
import { framesOf, type PictureFormat, picture, pixelsOf } from '../../../support/media/made-pictures.ts';
import { mismatch, processed } from '../../../support/media/process.ts';
import { withMetadata } from '../../../support/media/with-metadata.ts';

const formats: readonly PictureFormat[] = ['jpeg', 'png', 'gif', 'webp'];

describe.each(formats)('%s', (format) => {
  const contentType = `image/${format}`;

  test('bytes in equal bytes out where nothing had to be removed', async () => {
    const plain = await picture(format);
    const { bytes, facts } = await processed(plain, 'image', contentType);
    expect(Buffer.from(bytes).equals(plain)).toBe(true);
    expect(facts).toMatchObject({ contentType, bytes: plain.length, width: 64, height: 48 });
  });

  test('what a camera or an editor wrote into it is gone, every pixel is as it was', async () => {
    const personal = withMetadata(format, await picture(format));
    expect(personal.includes(marker)).toBe(true);
    const { bytes } = await processed(personal, 'image', contentType);
    expect(Buffer.from(bytes).includes(marker)).toBe(false);
    expect((await pixelsOf(bytes)).equals(await pixelsOf(personal))).toBe(true);
  });

  test('what follows the image is dropped', async () => {
    const plain = await picture(format);
    const { bytes } = await processed(Buffer.concat([plain, Buffer.from(marker)]), 'image', contentType);
    expect(Buffer.from(bytes).equals(plain)).toBe(true);
  });

  test('it gets a thumbnail that fits and a placeholder that is small', async () => {
    const { facts, derivatives } = await processed(await picture(format, 900, 600), 'image', contentType);
    const [thumbnail] = derivatives;
    expect(derivatives).toHaveLength(1);
    expect(thumbnail).toMatchObject({ name: 'thumbnail', contentType: 'image/webp' });
    const { facts: shown } = await processed(thumbnail?.bytes ?? Buffer.alloc(0), 'image', 'image/webp');
    expect(shown).toMatchObject({ width: 320, height: 213 });
    expect(Buffer.from(facts.placeholder ?? '', 'base64').length).toBeLessThanOrEqual(40);
    expect(facts.placeholder).toMatch(/^[\w+/]{20,}=*$/);
  });

  test('cut short it is refused', async () => {
    const plain = await picture(format);
    await expect(processed(plain.subarray(0, -60), 'image', contentType)).rejects.toEqual(mismatch);
  });

  test('more pixels than allowed are refused', async () => {
    const limits = { pixels: 64 * 48 - 1, durationMs: 1 };
    await expect(processed(await picture(format), 'image', contentType, limits)).rejects.toEqual(mismatch);
  });
});

describe.each(['jpeg', 'png', 'webp'] as const)('a turned %s', (format) => {
  const contentType = `image/${format}`;

  test.each([3, 6, 8])('keeps orientation %i and nothing else of its Exif', async (orientation) => {
    const turned = withMetadata(format, await picture(format), orientation);
    const { bytes, facts } = await processed(turned, 'image', contentType);
    expect(Buffer.from(bytes).includes(marker)).toBe(false);
    expect(facts).toMatchObject(orientation === 3 ? { width: 64, height: 48 } : { width: 48, height: 64 });
    expect((await pixelsOf(bytes)).equals(await pixelsOf(turned))).toBe(true);
    const again = await processed(bytes, 'image', contentType);
    expect(Buffer.from(again.bytes).equals(Buffer.from(bytes))).toBe(true);
  });
});

test('a JPEG without anything personal has the bytes of its encoder, whatever was around them', async () => {
  const plain = await picture('jpeg');
  const { bytes } = await processed(withMetadata('jpeg', plain), 'image', 'image/jpeg');
  expect(Buffer.from(bytes).equals(plain)).toBe(true);
});

test('the small picture in the header of a JPEG is gone: it may show what was cut away', async () => {
  const plain = await picture('jpeg');
  const jfif = (size: number, thumbnail = '') =>
    Buffer.concat([
      plain.subarray(0, 2),
      Buffer.from([0xff, 0xe0, 0, 16 + thumbnail.length]),
      Buffer.from('JFIF\0\u0001\u0002\0\0\u0001\0\u0001', 'latin1'),
      Buffer.from([size, size]),
      Buffer.from(thumbnail),
      plain.subarray(2),
    ]);
  // Two by two pixels of three bytes.
  const { bytes } = await processed(jfif(2, marker), 'image', 'image/jpeg');
  expect(Buffer.from(bytes).equals(jfif(0))).toBe(true);
});

test('an animated GIF stays animated', async () => {
  const one = await picture('gif');
  const firstFrame = one.indexOf(0x2c, 13 + 3 * 2 ** (((one[10] ?? 0) & 7) + 1));
  const frame = one.subarray(firstFrame, -1);
  const animated = Buffer.concat([one.subarray(0, -1), frame, frame, Buffer.from([0x3b])]);
  const { bytes } = await processed(withMetadata('gif', animated), 'image', 'image/gif');
  expect(await framesOf(bytes)).toBe(3);
  expect(Buffer.from(bytes).equals(animated)).toBe(true);
});
