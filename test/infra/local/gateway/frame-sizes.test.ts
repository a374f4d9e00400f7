import fc from 'fast-check';
import { frameSizes } from '../../../../infra/local/gateway/connection/frame-sizes.ts';

function wire(bytes: number, opcode: number, fin: boolean, mask: boolean): Buffer {
  const first = (fin ? 0x80 : 0) | opcode;
  const short = bytes > 65_535 ? 127 : bytes > 125 ? 126 : bytes;
  const extended = Buffer.alloc(short === 127 ? 8 : short === 126 ? 2 : 0);
  if (extended.length > 0)
    extended.writeUIntBE(bytes, Math.max(0, extended.length - 6), Math.min(6, extended.length));
  const key = Buffer.alloc(mask ? 4 : 0, 0xff);
  return Buffer.concat([
    Buffer.from([first, (mask ? 0x80 : 0) | short]),
    extended,
    key,
    Buffer.alloc(bytes, 'x'),
  ]);
}

const size = fc.oneof(
  fc.integer({ min: 0, max: 130 }),
  fc.constantFrom(32_768, 32_769, 65_535, 65_536, 70_000),
);
const message = fc.array(size, { minLength: 1, maxLength: 4 });

test('R12 the largest frame of each message is known however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }),
      fc.boolean(),
      (messages, cuts, mask) => {
        const bytes = Buffer.concat(
          messages.flatMap((frames) =>
            frames.flatMap((its, i) => [
              wire(its, i === 0 ? 1 : 0, i === frames.length - 1, mask),
              wire(5, 9, true, mask),
            ]),
          ),
        );
        const sizes = frameSizes();
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const cut = cuts[n % cuts.length] ?? 1;
          sizes.read(bytes.subarray(at, at + cut));
          at += cut;
        }
        expect(messages.map(() => sizes.next())).toEqual(messages.map((frames) => Math.max(...frames)));
        expect(sizes.next()).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
