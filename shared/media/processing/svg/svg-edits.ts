import { refuseUnless } from '../refuse-unless.ts';
import { Entities, meaning, readDoctype, writtenOut } from './svg-entities.ts';
import { declaredPrefix, SvgNames } from './svg-names.ts';
import type { Edit } from './text-edits.ts';

type Attribute = {
  readonly name: string;
  readonly from: number;
  readonly value: number;
  readonly to: number;
};
type Open = { readonly name: string; readonly prefixes: readonly string[]; readonly isDropped: boolean };

/** No browser opens elements within elements so deep. */
const deepest = 4_096;
/** Of memory: what is written by hand or by a program has fewer. */
const mostEdits = 1_000_000;
const mostAttributes = 100_000;
const declaration = /<\?xml(?:\s+(?:version|encoding|standalone)\s*=\s*(?:"[\w.-]*"|'[\w.-]*'))+\s*\?>/y;
const opening = /<([^\s<>"'/=!?]+)/y;
const naming = /\s+([^\s<>"'/=]+)\s*=\s*(["'])/y;
const ending = /\s*(\/?)>/y;
const closing = /<\/([^\s<>"'/=]+)\s*>/y;

const after = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** What has to stand instead of the picture that is written into this address; undefined if it stays. */
export type CleanAddress = (address: string) => string | undefined;

/**
 * What has to go from an SVG, in one pass: comments, instructions, the document type, metadata, and every element and
 * attribute that is in none of the namespaces that draw. What is no SVG, or cannot be read to its end, is refused.
 */
export function svgEdits(text: string, cleanAddress: CleanAddress): readonly Edit[] {
  const names = new SvgNames();
  const edits: Edit[] = [];
  const open: Open[] = [];
  const entities = new Entities(text.length);
  let at = after(declaration, text, 0) === null ? 0 : declaration.lastIndex;
  let hasRoot = false;
  /** Where the outermost element that goes has begun. */
  let dropping: number | undefined;

  const edit = (from: number, to: number, by: string): void => {
    if (dropping !== undefined) return;
    refuseUnless(edits.length < mostEdits);
    edits.push({ from, to, by });
  };
  const through = (end: string, from: number): number => {
    const found = text.indexOf(end, from);
    refuseUnless(found >= 0);
    return found + end.length;
  };
  const keep = (from: number, to: number): void => {
    if (dropping !== undefined) return;
    for (const part of writtenOut(text, from, to, entities)) edit(part.from, part.to, part.by);
  };

  function attributes(): readonly Attribute[] {
    const found: Attribute[] = [];
    for (let next = after(naming, text, at); next !== null; next = after(naming, text, at)) {
      const [whole, name = '', quote = ''] = next;
      const value = at + whole.length;
      const to = through(quote, value);
      refuseUnless(found.length < mostAttributes);
      found.push({ name, from: at, value, to });
      at = to;
    }
    return found;
  }

  const written = ({ value, to }: Attribute): string => text.slice(value, to - 1);

  function clean(attribute: Attribute): void {
    const { name, from, value, to } = attribute;
    const raw = written(attribute);
    refuseUnless(!raw.includes('<'));
    const isKept = names.isKept(name, meaning(raw, entities));
    const address = isKept && name.endsWith('href') ? cleanAddress(raw) : undefined;
    if (!isKept) edit(from, to, '');
    else if (address === undefined) keep(value, to - 1);
    else edit(value, to - 1, address);
  }

  function close({ prefixes, isDropped }: Open): void {
    for (const prefix of prefixes) names.release(prefix);
    if (!isDropped || dropping === undefined) return;
    const from = dropping;
    dropping = undefined;
    edit(from, at, '');
  }

  function start(name: string): void {
    const from = at;
    at = opening.lastIndex;
    const found = attributes();
    const prefixes = found.flatMap((attribute) => {
      const prefix = declaredPrefix(attribute.name);
      if (prefix !== undefined) names.bind(prefix, meaning(written(attribute), entities));
      return prefix ?? [];
    });
    const end = after(ending, text, at);
    refuseUnless(end !== null && open.length < deepest && (open.length > 0 || !hasRoot));
    at = ending.lastIndex; // before a picture in it is read with the same expressions
    if (!hasRoot) refuseUnless(names.isRoot(name));
    hasRoot = true;
    const isDropped = dropping === undefined && !names.isDrawn(name);
    if (dropping === undefined && !isDropped) for (const attribute of found) clean(attribute);
    if (isDropped) dropping = from;
    const element = { name, prefixes, isDropped };
    if (end[1] === '/') close(element);
    else open.push(element);
  }

  /** Reads what is no element, if it is there, and tells whether it goes. */
  function other(): 'goes' | 'stays' | undefined {
    if (text.startsWith('<!--', at)) at = through('-->', at + 4);
    else if (text.startsWith('<?', at)) at = through('?>', at + 2);
    else if (text.startsWith('<![CDATA[', at)) {
      refuseUnless(open.length > 0);
      at = through(']]>', at);
      return 'stays';
    } else if (text.startsWith('<!', at)) {
      refuseUnless(!hasRoot && entities.isEmpty);
      at = readDoctype(text, at, entities);
    } else return undefined;
    return 'goes';
  }

  function markup(): void {
    const from = at;
    const kind = other();
    if (kind === 'goes') edit(from, at, '');
    if (kind !== undefined) return;
    if (after(closing, text, at) !== null) {
      const name = text.slice(at + 2, closing.lastIndex - 1).trimEnd();
      const element = open.pop();
      refuseUnless(element !== undefined && element.name === name);
      at = closing.lastIndex;
      close(element);
    } else {
      const opened = after(opening, text, at);
      refuseUnless(opened !== null);
      start(opened[1] ?? '');
    }
  }

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const to = next < 0 ? text.length : next;
    if (open.length === 0) refuseUnless(/^\s*$/.test(text.slice(at, to)));
    keep(at, to);
    at = to;
    if (next >= 0) markup();
  }
  refuseUnless(hasRoot && open.length === 0);
  return edits;
}
