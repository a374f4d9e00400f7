// Damaged files of every format, in numbers: each must end in a result or in MEDIA_MISMATCH, soon, without a crash.
// usage: npm run test:mutated-files -- [--files 50000] [--seed 1]
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultMediaLimits } from '../../shared/media/processing/media-limits.ts';
import { processMedia } from '../../shared/media/processing/process-media.ts';
import { silenceDecoders } from '../../shared/media/processing/silence-decoders.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { archive, pdfOf, streamOf } from '../support/media/made-documents.ts';
import { mutated, randomOf } from './mutate.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } },
});
type Source = { readonly name: string; readonly bytes: Buffer };

const folder = join(import.meta.dirname, '..', 'fixtures', 'media');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => !name.endsWith('.md') && statSync(join(folder, name)).isFile())
  .map((name): Source => ({ name, bytes: readFileSync(join(folder, name)) }))
  .concat([
    {
      name: 'made.pdf',
      bytes: pdfOf(
        [
          '<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>',
          '<</Type/Pages/Kids[3 0 R]/Count 1>>',
          '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[<</Subtype/Text/Rect[0 0 1 1]/T(a)>>]>>',
          streamOf('/Type/Metadata/Subtype/XML', Buffer.from('<x/>')),
          '<</Author(a)>>',
        ],
        '/Info 5 0 R',
      ),
    },
    {
      name: 'made.svg',
      bytes: Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1"><!-- c --><metadata>d</metadata><title>&a;</title><path i:label="e" d="M0 0h9"/></svg>',
      ),
    },
    {
      name: 'made.docx',
      bytes: archive({
        '[Content_Types].xml': '<Types/>',
        'docProps/core.xml': '<a/>',
        'word/document.xml': '<w:document><w:ins w:author="a"/></w:document>',
      }),
    },
  ]);
const kinds = ['image', 'audio', 'video', 'file', 'file'] as const;
/** A function has a minute; a small file that takes this long is one on which somebody waits. */
const longestMs = 20_000;

const random = randomOf(Number(values.seed));
const counts = { results: 0, refused: 0 };
let slowest = { ms: 0, name: '' };
const faults: string[] = [];
silenceDecoders();
for (let index = 0; index < Number(values.files); index += 1) {
  const { name, bytes } = sources[random(sources.length)] ?? { name: '', bytes: Buffer.alloc(0) };
  const kind = kinds[random(kinds.length)] ?? 'file';
  const damaged = mutated(bytes, random);
  const began = performance.now();
  try {
    await processMedia(damaged, { kind, contentType: 'application/octet-stream' }, defaultMediaLimits);
    counts.results += 1;
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'MEDIA_MISMATCH') counts.refused += 1;
    else faults.push(`${index} ${name} as ${kind}: ${String(error)}`);
  }
  const ms = performance.now() - began;
  if (ms > slowest.ms) slowest = { ms, name: `${index} ${name} as ${kind}` };
  if (ms > longestMs) faults.push(`${index} ${name} as ${kind} took ${Math.round(ms)} ms`);
}
const { results, refused } = counts;
process.stdout.write(
  `${results + refused + faults.length} damaged files: ${results} results, ${refused} refused, ${faults.length} faults; ` +
    `the slowest ${Math.round(slowest.ms)} ms (${slowest.name}); ${Math.round(process.memoryUsage().rss / 1_048_576)} MB\n`,
);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1); // decoders have threads that wait for more
