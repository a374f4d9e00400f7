import ts from 'typescript';
import { placeOf, type Source, walk } from './sources.ts';

/** The one file where the variables' names stand; `env.ts` in checkouts from before it was a table. */
export const environmentFile = /^shared\/(runtime\/)?env(ironment)?\.ts$/;
const variable = /^[A-Z]+(_[A-Z]+)*$/;

/**
 * The names that the environment's file declares: as property names, or as the string beside `name`. One that is an
 * error code of the protocol too (SENSITIVE_DATA) says nothing about the environment where it is found, and is left out.
 */
export function environmentNames(sources: readonly Source[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { file } of sources.filter(({ path }) => environmentFile.test(path)))
    walk(file, (node) => {
      if (!ts.isPropertyAssignment(node)) return;
      const key = node.name.getText(file);
      if (variable.test(key)) names.add(key);
      if (key === 'name' && ts.isStringLiteral(node.initializer)) names.add(node.initializer.text);
    });
  for (const { file } of sources.filter(({ path }) => path === 'shared/protocol/errors.ts'))
    walk(file, (node) => {
      if (ts.isIdentifier(node) || ts.isStringLiteral(node)) names.delete(node.text);
    });
  return names;
}

/** Where each name stands outside that file: as a string, a template's whole text, an identifier or a property. */
export function environmentNamePlaces(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const names = environmentNames(sources);
  const places = new Map<string, string[]>([...names].map((name) => [name, []]));
  for (const source of sources.filter(({ path }) => !environmentFile.test(path)))
    walk(source.file, (node) => {
      if (ts.isIdentifier(node) || ts.isStringLiteralLike(node))
        places.get(node.text)?.push(placeOf(source, node));
    });
  return places;
}
