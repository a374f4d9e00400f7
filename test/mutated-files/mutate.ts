/** Numbers below a bound, the same for the same seed: a linear congruential generator, of which the upper bits are used. */
export function randomOf(seed: number): (bound: number) => number {
  let state = BigInt(seed);
  return (bound) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number((state >> 33n) % BigInt(Math.max(1, bound)));
  };
}

type Damage = (bytes: Buffer, at: number, random: (bound: number) => number) => Buffer;

/** Lengths, counts and offsets are what readers believe: they are hit more often than what is in between. */
const damages: readonly Damage[] = [
  (bytes, at, random) => write(bytes, at, [(bytes[at] ?? 0) ^ (1 << random(8))]),
  (bytes, at) => write(bytes, at, [0]),
  (bytes, at) => write(bytes, at, [0xff]),
  (bytes, at) => write(bytes, at, [0xff, 0xff, 0xff, 0xff]),
  (bytes, at) => write(bytes, at, [0, 0, 0, 0]),
  (bytes, at) => write(bytes, at, [0x7f, 0xff, 0xff, 0xff]),
  (bytes, at, random) =>
    write(
      bytes,
      at,
      Array.from({ length: 8 }, () => random(256)),
    ),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, random) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(16))]),
  (bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at >> 1)]),
  (bytes, at, random) => {
    const from = random(bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      bytes.subarray(from, from + random(64)),
      bytes.subarray(at),
    ]);
  },
];

function write(bytes: Buffer, at: number, values: readonly number[]): Buffer {
  const damaged = Buffer.from(bytes);
  for (const [index, value] of values.entries()) if (at + index < damaged.length) damaged[at + index] = value;
  return damaged;
}

/** One to five damages; every second one in the first kilobyte, where headers are. */
export function mutated(bytes: Buffer, random: (bound: number) => number): Buffer {
  let damaged = bytes;
  for (let left = 1 + random(5); left > 0; left -= 1) {
    const within = random(2) === 0 ? Math.min(1_024, damaged.length) : damaged.length;
    damaged = damages[random(damages.length)]?.(damaged, random(within), random) ?? damaged;
  }
  return damaged;
}
