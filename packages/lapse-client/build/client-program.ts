import { join } from 'node:path';
import ts from 'typescript';

export const wireTypes = join(import.meta.dirname, 'wire-types.ts');

export function clientProgram(root: string, entries: readonly string[]): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(import.meta.dirname, '..', 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  return ts.createProgram([...entries, wireTypes], { ...config?.options, rootDir: root });
}

export function sourceOf(program: ts.Program, path: string): ts.SourceFile {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} is not there`);
  return source;
}

export function fail({ file, messageText }: ts.Diagnostic): never {
  throw new Error(`${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
