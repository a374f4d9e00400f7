import type { Item } from '../item.ts';
import type { Names } from './names.ts';
import type { Reader } from './tokens.ts';

/** Where in an item: names of attributes, with `#` while they are aliases, and places in lists. */
export type Path = readonly (string | number)[];

export function parsePath(tokens: Reader): Path {
  const path: (string | number)[] = [parseName(tokens)];
  for (;;) {
    if (tokens.takeSign('.')) path.push(parseName(tokens));
    else if (tokens.takeSign('[')) {
      const { kind, text } = tokens.take();
      if (kind !== 'number') throw tokens.wrong();
      path.push(Number(text));
      tokens.expectSign(']');
    } else return path;
  }
}

function parseName(tokens: Reader): string {
  if (tokens.peek().kind !== 'name' && tokens.peek().kind !== 'alias') throw tokens.wrong();
  return tokens.take().text;
}

export function resolvePath(path: Path, names: Names): Path {
  return path.map((part) => (typeof part === 'string' && part.startsWith('#') ? names.name(part) : part));
}

export function valueAt(item: Item, path: Path): unknown {
  let value: unknown = item;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || value instanceof Set || value instanceof Uint8Array)
      return undefined;
    if (typeof part === 'number' ? !Array.isArray(value) : Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined;
  }
  return value;
}
