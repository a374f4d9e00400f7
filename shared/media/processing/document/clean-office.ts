import { asBuffer } from '../as-buffer.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import { cleanSvg } from '../svg/clean-svg.ts';
import { microsoftParts } from './microsoft-parts.ts';
import { openDocumentParts } from './open-document-parts.ts';
import type { PartRules } from './part-rules.ts';
import { unpacked, withContent, type ZipEntry, zipEntries, zipOf } from './zip-entries.ts';

/** Of all parts that are read together: a spreadsheet of a hundred megabytes has some of hundreds unpacked. */
const mostBytes = 256 * 1024 * 1024;

/** By the part that each family begins with; an archive of any other kind is never unpacked. */
function rulesFor(entries: readonly ZipEntry[]): PartRules | undefined {
  if (entries.some(({ name }) => name === '[Content_Types].xml')) return microsoftParts;
  const [first] = entries;
  if (first?.name !== 'mimetype' || first.size > 100) return undefined;
  const type = unpacked(first, 100).toString('latin1');
  return /^application\/(?:vnd\.oasis\.opendocument\.|hwp\+zip)/.test(type) ? openDocumentParts : undefined;
}

const picture = /\.(?:jpe?g|png|svg)$/i;

function cleanPart(name: string, content: Buffer): Buffer {
  if (/\.svg$/i.test(name)) return asBuffer(cleanSvg(content) ?? content);
  return cleanPicture(/\.png$/i.test(name) ? 'png' : 'jpeg', content);
}

/**
 * A document of Office, LibreOffice or Hancom without its author, company, paths, revision ids, dates and previews; undefined for
 * what is none. What is written in the text itself stays.
 */
export function cleanOffice(source: Uint8Array): Uint8Array | undefined {
  try {
    return rewritten(asBuffer(source));
  } catch {
    return undefined; // a part is no part of a document: packed like a bomb, or damaged
  }
}

function rewritten(source: Buffer): Uint8Array | undefined {
  const entries = zipEntries(source);
  const rules = entries && rulesFor(entries);
  if (entries === undefined || rules === undefined) return undefined;
  let left = mostBytes;
  const read = (entry: ZipEntry): Buffer => {
    const content = unpacked(entry, left);
    left -= content.length;
    return content;
  };
  const clean = (entry: ZipEntry): ZipEntry => {
    const rewrite = rules.rewrite(entry.name);
    const isPicture = picture.test(entry.name);
    if (rewrite === undefined && !isPicture) return entry;
    const before = read(entry);
    const after =
      rewrite === undefined ? cleanPart(entry.name, before) : Buffer.from(rewrite(before.toString('utf8')));
    return after.equals(before) ? entry : withContent(entry, after);
  };
  const kept = entries.filter(({ name }) => !rules.isDropped(name));
  const cleaned = kept.map(clean);
  const isSame = kept.length === entries.length && cleaned.every((entry, index) => entry === kept[index]);
  return isSame ? undefined : zipOf(cleaned);
}
