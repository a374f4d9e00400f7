import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What is deployed, run or handed out; tests say names and keys out loud on purpose. */
const folders = '{infra,functions,shared,client,admin,bench}';

export type Source = { readonly path: string; readonly file: ts.SourceFile };

/** Every TypeScript file of a checkout but its tests, as the compiler parses it. */
export function sourcesOf(root: string): readonly Source[] {
  return globSync(`${folders}/**/*.ts`, { cwd: root })
    .toSorted()
    .map((path) => ({ path, file: parse(path, readFileSync(join(root, path), 'utf8')) }));
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** As an editor jumps to it: `shared/time.ts:3`. */
export function placeOf({ path, file }: Source, node: ts.Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}
