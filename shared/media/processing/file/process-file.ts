import { cleaners, orientedFormats } from '../cleaning/clean-media.ts';
import { cleanOffice } from '../document/clean-office.ts';
import { cleanPdf } from '../document/clean-pdf.ts';
import type { MediaLimits } from '../media-limits.ts';
import { formatOf } from '../media-types.ts';
import { readPictureHeader } from '../picture/picture-header.ts';
import type { ProcessedMedia } from '../processed-media.ts';
import { refuseHiddenArchive, refusePolyglot } from '../refuse-polyglot.ts';
import { cleanSvg } from '../svg/clean-svg.ts';
import { containerType } from '../track/container-type.ts';
import { fileType } from './file-type.ts';

/** A document without its author, if it is one that can be read; the very same bytes of everything else. */
async function cleanDocument(source: Uint8Array, detected: string | undefined): Promise<Uint8Array> {
  if (detected === 'application/pdf') return cleanPdf(source);
  return (detected === 'application/zip' ? cleanOffice(source) : cleanSvg(source)) ?? source;
}

/** A file is never unpacked and never shown. A picture or recording is cleaned under this name too; the rest stays as it is. */
export async function processFile(
  source: Uint8Array,
  declared: string,
  detected: string | undefined,
  limits: MediaLimits,
): Promise<ProcessedMedia> {
  const contentType = fileType(declared, detected);
  const format = formatOf(contentType);
  if (format === undefined) {
    if (detected !== 'application/zip') refuseHiddenArchive(source);
    const document = await cleanDocument(source, detected);
    return { bytes: document, facts: { contentType, bytes: document.length }, derivatives: [] };
  }
  refusePolyglot(source);
  const { orientation } = orientedFormats.has(format.name)
    ? await readPictureHeader(source, format.name, limits)
    : { orientation: 1 };
  const bytes = cleaners[format.name](source, orientation);
  const type = containerType(bytes, format.name) ?? contentType;
  return { bytes, facts: { contentType: type, bytes: bytes.length }, derivatives: [] };
}
