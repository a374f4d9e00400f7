import { globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { environmentNamePlaces } from './environment-names.ts';
import { keyFormats } from './key-formats.ts';
import { type Source, sourcesOf, walk } from './sources.ts';

/** What a checkout looks like, in the numbers that `npm run structure` prints. */
export function structureFigures(root: string): Readonly<Record<string, number | string>> {
  const sources = sourcesOf(root);
  const functions = sources.filter(({ path }) => path.startsWith('functions/'));
  const lines = functions.map(codeLines);
  const imported = sum(functions.map((each) => linesOf(each, ts.isImportDeclaration)));
  const made = sum(functions.map((each) => linesOf(each, makesDependencies)));
  const share = Math.round((100 * (imported + made)) / sum(lines));
  const formats = keyFormats(sources).map(({ format }) => format);
  const names = [...environmentNamePlaces(sources)].map(([, places]) => places.length);
  const typing = sources.filter(({ file }) => /\btyping\b/i.test(file.text));
  return {
    'TypeScript files, with tests': globSync('{infra,functions,shared,client,admin,bench,test}/**/*.ts', {
      cwd: root,
    }).length,
    'pairs of folders in shared that import each other': mutualFolders(sources).length,
    'files in functions': functions.length,
    'lines in functions': sum(lines),
    'of which imports': imported,
    'of which reading the environment and making dependencies': made,
    'share of both': `${share} %`,
    'key formats': new Set(formats).size,
    'places of key formats': formats.length,
    'places of key formats outside the stores': keyFormats(sources).filter(
      ({ path }) => !path.startsWith('shared/stores/'),
    ).length,
    'environment names': names.length,
    'places of an environment name beside its declaration, on average': average(names),
    'at most': Math.max(0, ...names),
    'source files that mention typing': typing.length,
  };
}

/** As `a <-> b`; a table's folder in `shared/stores` is a folder of its own. */
export function mutualFolders(sources: readonly Source[]): readonly string[] {
  const imports = new Set(sources.flatMap(folderImports));
  return [...imports]
    .map((pair) => pair.split(' '))
    .filter(([from = '', to = '']) => from < to && imports.has(`${to} ${from}`))
    .map((pair) => pair.join(' <-> '))
    .toSorted();
}

function folderImports({ path, file }: Source): readonly string[] {
  const from = folderOf(path);
  if (from === undefined) return [];
  return importsOf(file).flatMap((specifier) => {
    const to = specifier.startsWith('.') ? folderOf(normalize(join(dirname(path), specifier))) : undefined;
    return to === undefined || to === from ? [] : [`${from} ${to}`];
  });
}

function folderOf(path: string): string | undefined {
  return path.match(/^shared\/(stores\/[^/]+|[^/]+)\//)?.[1];
}

function importsOf(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
    statement.moduleSpecifier !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

const isCode = (line: string) => line.trim() !== '';

function codeLines({ file }: Source): number {
  return file.text.split('\n').filter(isCode).length;
}

function linesOf({ file }: Source, concerned: (statement: ts.Statement) => boolean): number {
  const lines = file.statements.filter(concerned).flatMap((each) => each.getText(file).split('\n'));
  return lines.filter(isCode).length;
}

/** What is made before the handler is called, but not plain values; and functions that read the environment or compose. */
function makesDependencies(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement)) return !declaresHandler(statement) && makesSomething(statement);
  return ts.isFunctionDeclaration(statement) && composes(statement);
}

function declaresHandler(statement: ts.VariableStatement): boolean {
  return statement.declarationList.declarations.some(({ name }) => name.getText() === 'handler');
}

function makesSomething(node: ts.Node): boolean {
  let makes = false;
  walk(node, (each) => {
    makes ||= ts.isCallExpression(each) || ts.isNewExpression(each) || ts.isObjectLiteralExpression(each);
  });
  return makes;
}

function composes(node: ts.Node): boolean {
  let found = false;
  walk(node, (each) => {
    found ||= ts.isCallExpression(each) && /^(readEnv(ironment)?|compose)$/.test(each.expression.getText());
  });
  return found;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const average = (numbers: readonly number[]) =>
  numbers.length === 0 ? 0 : Math.round((10 * sum(numbers)) / numbers.length) / 10;
