import { supportedMimeTypes } from 'file-type';
import { bareType, formatOf } from '../media-types.ts';
import { refuseUnless } from '../refuse-unless.ts';

const anything = 'application/octet-stream';
/** Formats that are an archive or a compound document inside, told apart only by unpacking them. */
const inside: Readonly<Record<string, RegExp>> = {
  'application/zip': /zip|officedocument|opendocument|epub|java-archive|android\.package-archive/,
  'application/x-cfb': /msword|vnd\.ms-/,
};
/** What a browser would run or render, under any name. */
const markup = /^text\/|xml$|html|javascript|ecmascript/;

/**
 * What a file may be called on its way out. It must be what it was declared to be as far as magic numbers tell; text and
 * markup have none, may be anything, and leave as bytes that nothing renders.
 */
export function fileType(declared: string, detected: string | undefined): string {
  const name = bareType(declared);
  if (detected === undefined || markup.test(detected)) {
    refuseUnless(name === anything || markup.test(name) || !supportedMimeTypes.has(name));
    return anything;
  }
  if (inside[detected]?.test(name)) return name;
  const real = bareType(detected);
  refuseUnless(
    name === anything || name === real || (formatOf(name) !== undefined && formatOf(name) === formatOf(real)),
  );
  return real;
}
