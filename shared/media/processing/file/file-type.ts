import { supportedMimeTypes } from 'file-type';
import { bareType, formatOf } from '../media-types.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { anything, typesInside } from './kept-type.ts';

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
  if (typesInside[detected]?.has(name)) return name;
  const real = bareType(detected);
  refuseUnless(
    name === anything || name === real || (formatOf(name) !== undefined && formatOf(name) === formatOf(real)),
  );
  return real;
}
