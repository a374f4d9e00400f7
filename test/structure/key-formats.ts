import ts from 'typescript';
import { placeOf, type Source, walk } from './sources.ts';

/** Only what can reach a table can have a key. */
const concerned = /^(shared|functions|admin)\//;
/** What stands before the separator is a word or a value; DynamoDB's own `#name` has neither before it. */
const separated = /[\w}]#(\$\{|\w|$)/;

export type KeyFormat = { readonly format: string; readonly path: string; readonly place: string };

/**
 * Every key that is written together with `#`: a template, a concatenation, a prefix in quotes, a `join('#')`. Values are
 * named by the last word of their expression, so that `member#${userId}` and `'member#' + request.userId` are the same.
 */
export function keyFormats(sources: readonly Source[]): readonly KeyFormat[] {
  return sources
    .filter(({ path }) => concerned.test(path))
    .flatMap((source) => {
      const found: KeyFormat[] = [];
      walk(source.file, (node) => {
        const format = formatOf(node);
        if (format === undefined || !separated.test(format) || isWithinFormat(node)) return;
        found.push({ format, path: source.path, place: placeOf(source, node) });
      });
      return found;
    });
}

function formatOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return /^\w+#$/.test(node.text) ? node.text : undefined;
  if (ts.isTemplateExpression(node))
    return (
      node.head.text +
      node.templateSpans.map((span) => `\${${lastWord(span.expression)}}${span.literal.text}`).join('')
    );
  if (isJoined(node)) return node.expression.expression.elements.map(partOf).join('#');
  if (isConcatenation(node)) return partOf(node.left) + partOf(node.right);
  return undefined;
}

const partOf = (node: ts.Expression): string =>
  ts.isStringLiteralLike(node) ? node.text : (formatOf(node) ?? `\${${lastWord(node)}}`);

const lastWord = (node: ts.Expression): string => node.getText().match(/(\w+)\W*$/)?.[1] ?? '';

/** `[a, b].join('#')`. */
function isJoined(node: ts.Node): node is ts.CallExpression & {
  readonly expression: ts.PropertyAccessExpression & { readonly expression: ts.ArrayLiteralExpression };
} {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [separator] = node.arguments;
  return (
    node.expression.name.text === 'join' &&
    ts.isArrayLiteralExpression(node.expression.expression) &&
    separator !== undefined &&
    ts.isStringLiteralLike(separator) &&
    separator.text === '#'
  );
}

function isConcatenation(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** A part of a longer concatenation is no format of its own. */
function isWithinFormat({ parent }: ts.Node): boolean {
  return parent !== undefined && isConcatenation(parent) && separated.test(formatOf(parent) ?? '');
}
