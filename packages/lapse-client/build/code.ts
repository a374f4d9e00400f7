import { dirname, resolve } from 'node:path';
import type ts from 'typescript';
import { fail, sourceOf } from './client-program.ts';

/** The modules that these entries run, by their paths, each on its own: a bundler then leaves out what an app does not use. */
export function codeOf(program: ts.Program, entries: readonly string[]): ReadonlyMap<string, string> {
  const code = new Map<string, string>();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (code.has(path)) continue;
    const source = sourceOf(program, path);
    // Only of what is shipped: the schemas, of which types are taken, need more than a browser of two years ago has.
    for (const fault of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ])
      fail(fault);
    let text = '';
    program.emit(source, (name, emitted) => {
      if (name.endsWith('.js')) text = emitted;
    });
    code.set(path, text);
    for (const [, from = ''] of text.matchAll(/from ['"](\.[^'"]+)\.js['"]/g))
      pending.push(`${resolve(dirname(path), from)}.ts`);
  }
  return code;
}
