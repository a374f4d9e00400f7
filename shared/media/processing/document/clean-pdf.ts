import { asBuffer } from '../as-buffer.ts';
import { DecoderMissing } from '../decoders.ts';
import { newQpdf } from './load-qpdf.ts';
import { isAllReached, isSigned, type PdfObject, type PdfObjects, withoutPersonal } from './pdf-objects.ts';
import { clearJpegsIn } from './pdf-pictures.ts';

/** With warnings it has done its work all the same. */
const done = new Set([0, 3]);
const [source, facts, changes, target] = ['/source.pdf', '/facts.json', '/changes.json', '/target.pdf'];

/**
 * Without who wrote it, with what and when: Info, XMP, editors' own data, authors of remarks, what was deleted but is still
 * there, and Exif in its pictures. What somebody has signed stays as it is, and so does what cannot be read: damaged, or under a
 * password.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return (await rewritten(bytes)) ?? bytes;
  } catch (error) {
    if (error instanceof DecoderMissing) throw error;
    return bytes;
  }
}

async function rewritten(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const qpdf = await newQpdf();
  qpdf.FS.writeFile(source, bytes);
  if (!done.has(qpdf.callMain([source, '--json-output=2', '--json-stream-data=none', facts])))
    return undefined;
  const written = JSON.parse(asBuffer(qpdf.FS.readFile(facts)).toString('utf8'));
  const [header, objects]: [object, PdfObjects] = written.qpdf;
  if (isSigned(objects)) return undefined;
  const changed = changedObjects(objects);
  const trailer = objects['trailer']?.value;
  const hasInfo = typeof trailer === 'object' && trailer !== null && '/Info' in trailer;
  if (Object.keys(changed).length === 0 && !hasInfo && isAllReached(objects))
    return withPictures(Buffer.from(asBuffer(bytes)));
  qpdf.FS.writeFile(changes, Buffer.from(JSON.stringify({ qpdf: [header, changed] })));
  const options = ['--remove-info', '--remove-metadata', '--stream-data=preserve'];
  const fixed =
    typeof trailer === 'object' && trailer !== null && '/Encrypt' in trailer ? [] : ['--deterministic-id'];
  const code = qpdf.callMain([source, `--update-from-json=${changes}`, ...options, ...fixed, target]);
  return done.has(code) ? withPictures(Buffer.from(qpdf.FS.readFile(target))) : undefined;
}

const withPictures = (bytes: Buffer): Buffer => {
  clearJpegsIn(bytes);
  return bytes;
};

function changedObjects(objects: PdfObjects): PdfObjects {
  const changed: [string, PdfObject][] = [];
  for (const [name, { value, stream }] of Object.entries(objects)) {
    if (name === 'trailer') continue;
    const before = value ?? stream?.dict ?? null;
    const after = withoutPersonal(before);
    if (after === before) continue;
    changed.push([name, stream === undefined ? { value: after } : { stream: { dict: Object(after) } }]);
  }
  return Object.fromEntries(changed);
}
