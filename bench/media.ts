// What it takes to process media, here and in another checkout, sample by sample in turn in one process.
// usage: npm run bench:media -- --against DIR [--rounds 15] FILE …
import { readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from './quantile.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { against: { type: 'string' }, rounds: { type: 'string', default: '15' } },
});
const kinds: Readonly<Record<string, readonly [kind: string, contentType: string]>> = {
  '.jpg': ['image', 'image/jpeg'],
  '.png': ['image', 'image/png'],
  '.webp': ['image', 'image/webp'],
  '.heic': ['image', 'image/heic'],
  '.mp3': ['audio', 'audio/mpeg'],
  '.webm': ['audio', 'audio/webm'],
  '.mp4': ['video', 'video/mp4'],
};
const limits = { pixels: 50_000_000, durationMs: 6 * 60 * 60 * 1_000 };

const folders = [
  resolve(import.meta.dirname, '..'),
  ...(values.against === undefined ? [] : [resolve(values.against)]),
];
const checkouts = await Promise.all(
  folders.map(async (folder) => {
    const { processMedia } = await import(join(folder, 'shared/media/processing/process-media.ts'));
    return { processMedia, milliseconds: [] as number[] };
  }),
);
for (const file of positionals) {
  const source = readFileSync(file);
  const [kind, contentType] = kinds[extname(file)] ?? ['file', 'application/octet-stream'];
  for (let round = 0; round <= Number(values.rounds); round += 1)
    for (const checkout of round % 2 === 0 ? checkouts : checkouts.toReversed()) {
      // As it comes from the object store: the one may write into it.
      const fetched = Buffer.from(source);
      const began = performance.now();
      await checkout.processMedia(fetched, { kind, contentType }, limits);
      if (round > 0) checkout.milliseconds.push(performance.now() - began);
    }
  const [here = 0, there] = checkouts.map(({ milliseconds }) => quantile(milliseconds.splice(0), 0.5));
  const compared =
    there === undefined
      ? ''
      : `  there ${there.toFixed(1).padStart(8)} ms  ratio ${(here / there).toFixed(2)}`;
  process.stdout.write(`${basename(file).padEnd(24)} here ${here.toFixed(1).padStart(8)} ms${compared}\n`);
}
process.exit(0); // decoders have threads that wait for more
