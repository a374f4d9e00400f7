import { loadVips } from '../../../../shared/media/processing/picture/load-vips.ts';
import { fixture } from '../../../support/media/fixture.ts';
import { pngOf } from '../../../support/media/made-files.ts';
import { picture } from '../../../support/media/made-pictures.ts';
import { processed } from '../../../support/media/process.ts';
import { withMetadata } from '../../../support/media/with-metadata.ts';

/** Width, height and the colour of a point of the small picture, given in parts of its edges. */
async function shown(source: Uint8Array, contentType: string, across = 0.5, down = 0.5) {
  const { derivatives, facts } = await processed(source, 'image', contentType);
  const vips = await loadVips();
  const image: any = vips.Image.newFromBuffer(derivatives[0]?.bytes ?? Buffer.alloc(0), '');
  const { width, height } = image;
  const point: number[] = image.getpoint(Math.floor(width * across), Math.floor(height * down));
  return { width, height, point, facts };
}
const isNear = (point: readonly number[], colour: readonly number[]): boolean =>
  colour.every((value, index) => Math.abs((point[index] ?? -1_000) - value) <= 12);

/** The red of sRGB, which is 234 51 34 in Display P3. */
const red = [255, 0, 0];

/** The same HEIC with its colours told by number in place of a profile. */
function numbered(source: Buffer): Buffer {
  const heic = Buffer.from(source);
  const at = heic.indexOf('prof');
  expect(at).toBeGreaterThan(0);
  heic.fill(0, at, at + heic.readUInt32BE(at - 8) - 8);
  heic.write('nclx', at, 'latin1');
  heic.writeUInt16BE(12, at + 4);
  heic.writeUInt16BE(13, at + 6);
  heic.writeUInt16BE(6, at + 8);
  return heic;
}

test.each<[string, () => Promise<Buffer>, string, readonly number[], number?, number?]>([
  ['a JPEG with the profile of Display P3', async () => fixture('display-p3.jpg'), 'image/jpeg', red],
  ['a HEIC with the profile of Display P3', async () => fixture('display-p3.heic'), 'image/heic', red],
  ['a HEIC of Display P3 by number', async () => numbered(fixture('display-p3.heic')), 'image/heic', red],
  ['an AVIF of Display P3 by number', async () => fixture('avif/display-p3.avif'), 'image/avif', red],
  ['an AVIF of ten bits', async () => fixture('avif/ten-bit.avif'), 'image/avif', [255, 0, 0], 0.2, 0.2],
  ['a JPEG for a press', async () => fixture('cmyk.jpg'), 'image/jpeg', [232, 30, 42]],
])('%s is shown in its colours', async (_, make, contentType, colour, ...place) => {
  const { point } = await shown(await make(), contentType, ...place);
  expect([point, isNear(point, colour)]).toEqual([point, true]);
});

test('a HEIC without a profile is shown as it is', async () => {
  const plain = Buffer.from(fixture('display-p3.heic'));
  plain.write('free', plain.indexOf('colrprof'), 'latin1');
  const { point } = await shown(plain, 'image/heic');
  expect([point, isNear(point, [234, 51, 34])]).toEqual([point, true]);
});

test.each([
  ['alpha.heic', 'image/heic'],
  ['avif/alpha.avif', 'image/avif'],
])('what is transparent in %s is transparent in its thumbnail', async (name, contentType) => {
  const left = await shown(fixture(name), contentType, 0.2);
  const right = await shown(fixture(name), contentType, 0.8);
  expect([left.point[3], right.point[3]]).toEqual([255, 0]);
});

const corners = { red, green: [0, 255, 0], blue: [0, 0, 255], white: [255, 255, 255] } as const;
type Corner = keyof typeof corners;

/** Upright: red and green above, blue and white below, 64 by 48. */
test.each<[string, string, readonly [number, number], readonly Corner[]]>([
  ['avif/turned-left.avif', 'image/avif', [48, 64], ['green', 'white', 'red', 'blue']],
  ['avif/upside-down.avif', 'image/avif', [64, 48], ['blue', 'white', 'red', 'green']],
  ['avif/turned-mirrored.avif', 'image/avif', [48, 64], ['white', 'green', 'blue', 'red']],
  ['turned-mirrored.heic', 'image/heic', [48, 64], ['white', 'green', 'blue', 'red']],
])('%s is shown as its properties turn it', async (name, contentType, [width, height], expected) => {
  const places = [
    [0.2, 0.2],
    [0.8, 0.2],
    [0.2, 0.8],
    [0.8, 0.8],
  ] as const;
  const points = [];
  for (const [across, down] of places) {
    const { point, facts, ...small } = await shown(fixture(name), contentType, across, down);
    expect([small, facts]).toMatchObject([
      { width, height },
      { width, height },
    ]);
    points.push((Object.keys(corners) as Corner[]).find((corner) => isNear(point, corners[corner])) ?? point);
  }
  expect(points).toEqual(expected);
});

test('the tiles of an AVIF are one picture', async () => {
  const [above, below] = [
    await shown(fixture('avif/grid.avif'), 'image/avif', 0.9, 0.02),
    await shown(fixture('avif/grid.avif'), 'image/avif', 0.9, 0.98),
  ];
  expect(above.facts).toMatchObject({ width: 512, height: 512 });
  expect([isNear(above.point, red), isNear(below.point, corners.blue)]).toEqual([true, true]);
});

test('a picture of 16 bits and a strip of one pixel have a thumbnail', async () => {
  const vips = await loadVips();
  const pixels: any = new Uint16Array(64 * 48 * 3).fill(0x8000);
  const deep: any = vips.Image.newFromMemory(pixels, 64, 48, 3, 'ushort');
  const png = Buffer.from(deep.copy({ interpretation: 'rgb16' }).pngsaveBuffer({ bitdepth: 16 }));
  expect(png.readUInt8(24)).toBe(16);
  expect(isNear((await shown(png, 'image/png')).point, [128, 128, 128])).toBe(true);
  expect(await shown(pngOf(1, 20_000), 'image/png')).toMatchObject({ width: 1, height: 320 });
  expect(await shown(pngOf(20_000, 1), 'image/png')).toMatchObject({ width: 320, height: 1 });
});

/** Left and right, top and bottom of a picture, of which the left half is red and the upper half is bright. */
async function quarters(): Promise<Buffer> {
  const [width, height] = [1_600, 1_200];
  const colours = [
    [250, 0, 0],
    [0, 250, 0],
    [0, 0, 250],
    [250, 250, 250],
  ];
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1)
    pixels.set(colours[(at % width < width / 2 ? 0 : 1) + (at < (width * height) / 2 ? 0 : 2)] ?? [], at * 3);
  const vips = await loadVips();
  const image: any = vips.Image.newFromMemory(pixels, width, height, 3, 'uchar');
  return Buffer.from(image.copy({ interpretation: 'srgb' }).jpegsaveBuffer({ Q: 90, keep: 'none' }));
}

/** Which colours an Exif orientation brings to the upper left and the upper right. Exif 2.32, section 4.6.4. */
const upper = {
  1: [0, 1],
  2: [1, 0],
  3: [3, 2],
  4: [2, 3],
  5: [0, 2],
  6: [2, 0],
  7: [3, 1],
  8: [1, 3],
} as const;

test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'a JPEG of orientation %i is shown upright',
  async (orientation) => {
    const source = withMetadata('jpeg', await quarters(), orientation);
    const colours = [
      [250, 0, 0],
      [0, 250, 0],
      [0, 0, 250],
      [250, 250, 250],
    ] as const;
    const [left, right] = [
      await shown(source, 'image/jpeg', 0.25, 0.25),
      await shown(source, 'image/jpeg', 0.75, 0.25),
    ];
    const isTurned = orientation >= 5;
    expect(left).toMatchObject(isTurned ? { width: 240, height: 320 } : { width: 320, height: 240 });
    const [first, second] = upper[orientation];
    expect([left.point, isNear(left.point, colours[first])]).toEqual([left.point, true]);
    expect([right.point, isNear(right.point, colours[second])]).toEqual([right.point, true]);
  },
);

test('of a large JPEG, which is decoded smaller than it is, a damaged one is refused all the same', async () => {
  const large = await picture('jpeg', 3_200, 2_400);
  await expect(processed(large, 'image', 'image/jpeg')).resolves.toMatchObject({
    facts: { width: 3_200, height: 2_400 },
  });
  await expect(processed(large.subarray(0, large.length >> 1), 'image', 'image/jpeg')).rejects.toThrow();
});
