import fc from 'fast-check';
import { av1FrameSizes } from '../../../../shared/media/processing/picture/av1-sequence.ts';
import { refuseAv1Bomb } from '../../../../shared/media/processing/picture/refuse-av1-bomb.ts';
import { fixture } from '../../../support/media/fixture.ts';
import { mismatch, processed } from '../../../support/media/process.ts';

type Field = readonly [bits: number, value: number];

function packed(fields: readonly Field[]): Buffer {
  const text = fields.map(([bits, value]) => value.toString(2).padStart(bits, '0')).join('');
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8 + 24, '0');
  return Buffer.from((padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function leb128(value: number): Buffer {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push((left % 128) + (left > 127 ? 128 : 0));
    if (left < 128) return Buffer.from(bytes);
  }
}

const unit = (type: number, body: Buffer, { extended = false, sized = true } = {}): Buffer =>
  Buffer.concat([
    Buffer.from([(type << 3) | (extended ? 4 : 0) | (sized ? 2 : 0), ...(extended ? [0] : [])]),
    ...(sized ? [leb128(body.length)] : []),
    body,
  ]);

const bit = fc.integer({ min: 0, max: 1 });
const dimension = fc.integer({ min: 1, max: 65_536 });
/** A sequence header, written as the specification has it in section 5.5.1. */
const header = fc.record({
  size: fc.record({ width: dimension, height: dimension }),
  spare: fc.integer({ min: 0, max: 2 }),
  reduced: fc.boolean(),
  timing: fc.boolean(),
  interval: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
  model: fc.option(fc.integer({ min: 1, max: 32 }), { nil: undefined }),
  display: fc.boolean(),
  points: fc.array(
    fc.record({ level: fc.integer({ min: 0, max: 31 }), tier: bit, hasModel: fc.boolean(), delay: bit }),
    { minLength: 1, maxLength: 32 },
  ),
});
type Header = typeof header extends fc.Arbitrary<infer Value> ? Value : never;

function written({ size, spare, reduced, timing, interval, model, display, points }: Header): Buffer {
  const bitsOf = (value: number): number => Math.min(16, Math.max(1, value.toString(2).length) + spare);
  const [wide, high] = [bitsOf(size.width - 1), bitsOf(size.height - 1)];
  const dimensions: readonly Field[] = [
    ...([
      [4, wide - 1],
      [4, high - 1],
    ] as const),
    ...([
      [wide, size.width - 1],
      [high, size.height - 1],
    ] as const),
  ];
  const start: readonly Field[] = [
    [3, 0],
    [1, 1],
  ];
  if (reduced) return packed([...start, [1, 1], [5, 8], ...dimensions]);
  const delays = timing && model !== undefined ? model : 0;
  const counted: readonly Field[] =
    interval === undefined
      ? [[1, 0]]
      : [
          [1, 1],
          [interval, 0],
          [1, 1],
          [interval, 0],
        ];
  const timed: readonly Field[] = timing
    ? [
        [1, 1],
        [32, 0xffff_ffff],
        [32, 1],
        ...counted.filter(([bits]) => bits > 0),
        ...(delays > 0
          ? ([
              [1, 1],
              [5, delays - 1],
              [32, 5],
              [5, 3],
              [5, 4],
            ] as const)
          : ([[1, 0]] as const)),
      ]
    : [[1, 0]];
  const operating = points.flatMap(({ level, tier, hasModel, delay }): readonly Field[] => [
    [12, 0x155],
    [5, level],
    ...(level > 7 ? ([[1, tier]] as const) : []),
    ...(delays > 0
      ? hasModel
        ? ([
            [1, 1],
            [delays, 1],
            [delays, 0],
            [1, 1],
          ] as const)
        : ([[1, 0]] as const)
      : []),
    ...(display
      ? delay === 1
        ? ([
            [1, 1],
            [4, 9],
          ] as const)
        : ([[1, 0]] as const)
      : []),
  ]);
  return packed([
    ...start,
    [1, 0],
    ...timed,
    [1, display ? 1 : 0],
    [5, points.length - 1],
    ...operating,
    ...dimensions,
  ]);
}

test('the size of a frame is found in any sequence header, among other units', () => {
  fc.assert(
    fc.property(header, fc.boolean(), fc.boolean(), (each, extended, sized) => {
      const units = [
        unit(2, Buffer.alloc(0)),
        unit(1, written(each), { extended }),
        unit(6, Buffer.alloc(300), { extended, sized }),
      ];
      expect(av1FrameSizes(Buffer.concat(units))).toEqual([each.size]);
    }),
    { numRuns: 500 },
  );
});

test('of two headers both count: a decoder follows the later one', () => {
  const base = { spare: 0, reduced: true, timing: false, interval: undefined, model: undefined };
  const rest = { ...base, display: false, points: [{ level: 0, tier: 0, hasModel: false, delay: 0 }] };
  const sizes = [
    { width: 8, height: 8 },
    { width: 60_000, height: 60_000 },
  ];
  const units = sizes.map((size) => unit(1, written({ ...rest, size })));
  expect(av1FrameSizes(Buffer.concat(units))).toEqual(sizes);
});

test.each([
  ['avif/grid.avif', 256 * 256],
  ['avif/alpha.avif', 64 * 48],
  ['picture.avif', 64 * 48],
])('%s is refused where a frame of it is larger than what may be decoded', (name, pixels) => {
  const durationMs = 1;
  // Four tiles of a quarter each are more than three times one of them.
  const fits = name.includes('grid') ? Math.ceil((4 * pixels) / 3) : pixels;
  expect(() => refuseAv1Bomb(fixture(name), { pixels: fits, durationMs })).not.toThrow();
  expect(() => refuseAv1Bomb(fixture(name), { pixels: fits - 1, durationMs })).toThrow(mismatch);
});

test('an AVIF without a sequence header is refused', async () => {
  const broken = Buffer.from(fixture('picture.avif'));
  // The header's unit becomes padding of the same length.
  const at = broken.indexOf(0x0a, broken.indexOf('mdat'));
  broken[at] = (15 << 3) | 2;
  expect(() => refuseAv1Bomb(broken, { pixels: 1e6, durationMs: 1 })).toThrow();
  await expect(processed(broken, 'image', 'image/avif')).rejects.toEqual(mismatch);
});

test.each([
  [60_000, true],
  [8, false],
])('a header of %i pixels in the configuration counts too: refused %s', (edge, isRefused) => {
  const file = fixture('picture.avif');
  const at = file.indexOf('av1C') - 4;
  const base = { spare: 0, reduced: true, timing: false, interval: undefined, model: undefined };
  const more = { ...base, display: false, points: [], size: { width: edge, height: edge } };
  const added = unit(1, written(more));
  const grown = Buffer.concat([file.subarray(0, at + 12), added, file.subarray(at + 12)]);
  const add = (place: number): unknown =>
    grown.writeUInt32BE(grown.readUInt32BE(place) + added.length, place);
  for (const type of ['meta', 'iprp', 'ipco', 'av1C']) add(grown.indexOf(type) - 4);
  // The places of the items, which lie behind.
  const iloc = grown.indexOf('iloc');
  const [first, last] = [file.indexOf('mdat'), file.length];
  for (let place = iloc + 8; place < iloc + grown.readUInt32BE(iloc - 4) - 8; place += 2)
    if (grown.readUInt32BE(place) > first && grown.readUInt32BE(place) < last) add(place);
  const attempt = () => refuseAv1Bomb(grown, { pixels: 50_000_000, durationMs: 1 });
  if (isRefused) expect(attempt).toThrow(mismatch);
  else expect(attempt).not.toThrow();
});
