import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../../../infra/bundle.ts';
import { fixture } from '../../../support/media/fixture.ts';
import { pdfOf } from '../../../support/media/made-documents.ts';
import { picture } from '../../../support/media/made-pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapse-media-'));
const processing = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'media', 'processing');

const handler = `
import { processMedia } from '${processing}/process-media.ts';
import { defaultMediaLimits } from '${processing}/media-limits.ts';
import { readFileSync } from 'node:fs';
export const facts = async (path, kind, contentType) =>
  (await processMedia(readFileSync(path), { kind, contentType }, defaultMediaLimits)).facts;
`;

function write(path: string, contents: string | Uint8Array): string {
  const place = join(folder, path);
  mkdirSync(join(place, '..'), { recursive: true });
  writeFileSync(place, contents);
  return place;
}

beforeAll(() => {
  write('functions/media/handler.ts', handler);
  write('functions/plain/handler.ts', 'export const handler = async () => 1;');
  bundle(join(folder, 'functions'), join(folder, 'bundles'));
});

const bytesOf = (name: string): number =>
  readdirSync(join(folder, 'bundles', name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name: file }) => sum + statSync(join(parentPath, file)).size, 0);

test('the bundle processes media in a process of its own, with nothing but what lies beside it', async () => {
  const cases = [
    [write('picture.jpg', await picture('jpeg')), 'image', 'image/jpeg'],
    [write('picture.heic', fixture('picture.heic')), 'image', 'image/heic'],
    [write('picture.avif', fixture('picture.avif')), 'image', 'image/avif'],
    [write('tone.mp3', fixture('tone.mp3')), 'audio', 'audio/mpeg'],
    [write('tone.ogg', fixture('tone.ogg')), 'audio', 'audio/ogg'],
    [write('film.mp4', fixture('film.mp4')), 'video', 'video/mp4'],
    [
      write(
        'text.pdf',
        pdfOf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>'], '/Info 1 0 R'),
      ),
      'file',
      'application/pdf',
    ],
  ];
  const script = write(
    'run.mjs',
    `import { facts } from './bundles/media/index.mjs';
     for (const one of ${JSON.stringify(cases)}) console.log((await facts(...one)).contentType);`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual(cases.map(([, , contentType]) => contentType));
});

/** Of which qpdf, for PDF, is 1.4, and the decoder of AVIF 3.8. */
test('it is below 13.3 MB, and the bundle beside it is as small as ever', () => {
  expect(bytesOf('media')).toBeLessThan(13_300_000);
  expect(bytesOf('plain')).toBeLessThan(500);
  expect(readdirSync(join(folder, 'bundles', 'plain'))).toEqual(['index.mjs']);
});
