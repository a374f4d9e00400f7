/** A value of a PDF as qpdf writes it in JSON, version 2: names begin with `/`, references are `7 0 R`. */
export type PdfValue = string | number | boolean | null | readonly PdfValue[] | PdfDictionary;
export type PdfDictionary = { readonly [key: string]: PdfValue };
export type PdfObject = { readonly value?: PdfValue; readonly stream?: { readonly dict: PdfDictionary } };
export type PdfObjects = Readonly<Record<string, PdfObject>>;

const isDictionary = (value: PdfValue | undefined): value is PdfDictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** XMP, an editor's own copy of the page, small pictures of pages, dates. ISO 32000-2:2020, sections 14.3, 14.5 and 12.3.4. */
const personal = new Set(['/Metadata', '/PieceInfo', '/Thumb', '/LastModified', '/CreationDate', '/ModDate']);
/** Who made a remark, and when: section 12.5.6.2. The field of a form has its name under `/T` and keeps it. */
const personalInMarkup = new Set(['/T', '/M', '/NM']);
const markup = new Set(
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Popup FileAttachment Sound Redact'
    .split(' ')
    .map((name) => `/${name}`),
);

const isMarkup = (dictionary: PdfDictionary): boolean =>
  typeof dictionary['/Subtype'] === 'string' &&
  markup.has(dictionary['/Subtype']) &&
  dictionary['/Rect'] !== undefined;

/** The same value without what is personal in it; the very same where nothing is. */
export function withoutPersonal(value: PdfValue): PdfValue {
  if (Array.isArray(value)) {
    const items = value.map(withoutPersonal);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isDictionary(value)) return value;
  const isRemark = isMarkup(value);
  const entries = Object.entries(value);
  const kept = entries
    .filter(([key]) => !personal.has(key) && !(isRemark && personalInMarkup.has(key)))
    .map(([key, inner]) => [key, withoutPersonal(inner)] as const);
  const isSame = kept.length === entries.length && kept.every(([key, inner]) => value[key] === inner);
  return isSame ? value : Object.fromEntries(kept);
}

/** Whether somebody has signed it: what is signed, bears no change. Section 12.8.1. */
export const isSigned = (objects: PdfObjects): boolean =>
  Object.values(objects).some(
    ({ value }) =>
      isDictionary(value) && value['/ByteRange'] !== undefined && value['/Contents'] !== undefined,
  );

const reference = /^\d+ \d+ R$/;

/** Whether every object is reached from the end of the file: one that is not was deleted, and is there all the same. */
export function isAllReached(objects: PdfObjects): boolean {
  const seen = new Set<string>();
  const waiting: PdfValue[] = [objects['trailer']?.value ?? null];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && reference.test(value) && !seen.has(value)) {
      seen.add(value);
      const object = objects[`obj:${value}`];
      waiting.push(object?.value ?? object?.stream?.dict ?? null);
    } else if (Array.isArray(value)) waiting.push(...value);
    else if (isDictionary(value)) waiting.push(...Object.values(value));
  }
  return Object.keys(objects).every((key) => key === 'trailer' || seen.has(key.slice('obj:'.length)));
}
