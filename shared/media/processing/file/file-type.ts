import { bareType, formatOf } from '../media-types.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { anything, typesInside } from './kept-type.ts';

/** What a browser would run or render, under any name. */
const markup = /^text\/|xml$|html|javascript|ecmascript/;
/** What a reader looks at, and never unpacks or runs. */
const harmless = /^(?:image|audio|video)\/|^application\/pdf$/;
const programs = new Set(['application/x-msdownload', 'application/vnd.microsoft.portable-executable']);

/**
 * What it would be dangerous to believe: a picture, a recording or a document that is none, or a program. Any other name is
 * what an operating system makes of a file's ending, and decides nothing: a source text is called `video/mp2t`.
 */
const isDangerous = (name: string): boolean =>
  name === 'application/pdf' ||
  programs.has(name) ||
  Object.keys(formatOf(name)?.contentTypes ?? {}).length > 0;

/**
 * What a file is called on its way out: what its bytes show, or nothing in particular. Text and markup have no magic
 * numbers, may be anything, and leave as bytes that nothing renders.
 */
export function fileType(declared: string, detected: string | undefined): string {
  const name = bareType(declared);
  if (detected === undefined || markup.test(detected)) {
    refuseUnless(!isDangerous(name));
    return anything;
  }
  if (typesInside[detected]?.has(name)) return name;
  const real = bareType(detected);
  refuseUnless(name === real || !isDangerous(name) || (harmless.test(real) && !programs.has(name)));
  return real;
}
