import { copy, type Item } from '../item.ts';
import { invalid } from '../refusals.ts';
import type { Names } from './names.ts';
import { type Path, parsePath, resolvePath, valueAt } from './path.ts';
import { reader } from './tokens.ts';

const parsed = new Map<string, readonly Path[]>();

export function parseProjection(expression: string): readonly Path[] {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const tokens = reader(expression);
  const paths = [parsePath(tokens)];
  while (tokens.takeSign(',')) paths.push(parsePath(tokens));
  tokens.expectEnd();
  parsed.set(expression, paths);
  return paths;
}

/** What the paths leave of an item. */
export function project(paths: readonly Path[], item: Item, names: Names): Item {
  const left: Record<string, unknown> = {};
  for (const each of paths) {
    const path = resolvePath(each, names);
    const value = valueAt(item, path);
    if (value === undefined) continue;
    let parent = left;
    for (const part of path.slice(0, -1)) {
      if (typeof part === 'number') throw invalid('this engine projects no element of a list');
      parent[part] ??= {};
      parent = parent[part] as Record<string, unknown>;
    }
    const last = path.at(-1);
    if (typeof last !== 'string') throw invalid('this engine projects no element of a list');
    parent[last] = copy(value);
  }
  return left;
}
