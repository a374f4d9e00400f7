import { asBuffer } from '../as-buffer.ts';
import { associations } from './heif-meta.ts';
import { isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { insideFull, isoFile, pictureMeta, primaryItem } from './iso-file.ts';

/** The colours of a HEIF: those of a profile, or of Display P3 told by its number. */
export type HeifColour = { readonly profile?: Uint8Array; readonly isDisplayP3?: true };

/** Rec. ITU-T H.273 (2021), table 2: SMPTE EG 432-1, the primaries of Display P3. */
const displayP3 = 12;

/** Of the primary picture; a profile goes before a number. ISO/IEC 14496-12:2015, section 12.1.5. */
export function heifColour(source: Uint8Array): HeifColour | undefined {
  const bytes = asBuffer(source);
  const meta = pictureMeta(bytes, isoFile(bytes));
  const [iprp] = meta === undefined ? [] : isoBoxesAt(bytes, insideFull(meta), ['iprp']);
  if (meta === undefined || iprp === undefined) return undefined;
  const primary = primaryItem(bytes, meta) ?? 0;
  const [ipco] = isoBoxesAt(bytes, iprp, ['ipco']);
  const properties = ipco === undefined ? [] : isoBoxes(bytes, ipco.body, ipco.end);
  const own = isoBoxesAt(bytes, iprp, ['ipma']).flatMap(
    (ipma) => associations(bytes, ipma).get(primary) ?? [],
  );
  const colours = own.flatMap((number) => properties[number - 1] ?? []).filter(({ type }) => type === 'colr');
  const kindOf = (body: number): string => bytes.toString('latin1', body, body + 4);
  const profile = colours.find(({ body }) => kindOf(body) === 'prof' || kindOf(body) === 'rICC');
  if (profile !== undefined) return { profile: bytes.subarray(profile.body + 4, profile.end) };
  const numbered = colours.find(({ body }) => kindOf(body) === 'nclx');
  return numbered !== undefined && bytes.readUInt16BE(numbered.body + 4) === displayP3
    ? { isDisplayP3: true }
    : undefined;
}
