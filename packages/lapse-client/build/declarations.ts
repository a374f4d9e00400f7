import { dirname, join, resolve } from 'node:path';
import type ts from 'typescript';
import { sourceOf, wireTypes } from './client-program.ts';
import { typeWriter } from './write-type.ts';

/** The types of the protocol's table are generic: they are looked up in what is written out. */
const lookups = `
export type Action = keyof Frames;
export type Frame<Name extends Action> = Frames[Name];
export type ClientFrame = Frames[Action];
export type Result<Name extends Action> = Results[Name];
export type Push<Type extends keyof Pushes = keyof Pushes> = Pushes[Type];
`;

/**
 * The declarations of these entries and of all that they name, by the paths of their sources. Those of the protocol are written out, so
 * that an app gets no schema library with them.
 */
export function declarationsOf(
  program: ts.Program,
  root: string,
  entries: readonly string[],
): ReadonlyMap<string, string> {
  const protocol = join(root, 'shared', 'protocol');
  const checker = program.getTypeChecker();
  const write = typeWriter(checker);
  const declarations = new Map<string, string>();
  /** Of each module of the protocol the types that are named. */
  const named = new Map<string, Set<string>>();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (declarations.has(path)) continue;
    const text = declarationOf(path);
    declarations.set(path, text.replace(/(from ['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'));
    for (const [, what = '', from = ''] of text.matchAll(/(\{[^{}]*\}|\*) from ['"](\.[^'"]+)['"]/g)) {
      const next = resolve(dirname(path), from);
      if (next.startsWith(protocol)) noteNames(next, what);
      else pending.push(next);
    }
  }
  for (const [path, names] of named)
    declarations.set(
      path,
      path === join(protocol, 'table.ts') ? `${typesOf(wireTypes)}${lookups}` : typesOf(path, names),
    );
  return declarations;

  function declarationOf(path: string): string {
    let text = '';
    const keep: ts.WriteFileCallback = (_name, emitted) => {
      text = emitted;
    };
    program.emit(sourceOf(program, path), keep, undefined, true);
    return text;
  }

  function noteNames(path: string, names: string): void {
    const known = named.get(path) ?? new Set();
    named.set(path, known);
    for (const [, name = ''] of names.matchAll(/(?:^|[{,])\s*(?:type )?(\w+)/g)) known.add(name);
  }

  /** The types of these names, or all that the module has. */
  function typesOf(path: string, names?: ReadonlySet<string>): string {
    const module = checker.getSymbolAtLocation(sourceOf(program, path));
    if (module === undefined) throw new Error(`${path} is no module`);
    const types = checker.getExportsOfModule(module).filter(({ name }) => names?.has(name) ?? true);
    if (names !== undefined && types.length !== names.size) throw new Error(`${path} lacks a type`);
    return types
      .map((symbol) => `export type ${symbol.name} = ${write(checker.getDeclaredTypeOfSymbol(symbol))};\n`)
      .join('');
  }
}
