import { refuseUnless } from '../refuse-unless.ts';
import type { Edit } from './text-edits.ts';

const quoted = `(?:"[^"]*"|'[^']*')`;
const opening = new RegExp(
  `<!DOCTYPE\\s+(?:[\\w.-]+:)?svg(?![\\w.:-])(?:\\s+(?:PUBLIC\\s+${quoted}|SYSTEM)\\s*${quoted})?\\s*(\\[|>)`,
  'y',
);
/** A text that is nothing but text: no mark-up, no quotes, and no other entity, so none can grow. */
const entity = /\s*(?:<!ENTITY\s+([\w.-]+)\s+(?:"([^"'<&%]*)"|'([^"'<&%]*)')\s*>|<!--[\s\S]*?-->)/y;
const closing = /\s*\]\s*>/y;
const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const after = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** The short names that a document type declares, as Illustrator does for the namespaces of its data. */
export class Entities {
  private readonly texts = new Map<string, string>();
  private left: number;

  /** All that they are written out to is no longer than that: a few can stand in a text very often. */
  constructor(most: number) {
    this.left = most;
  }

  get isEmpty(): boolean {
    return this.texts.size === 0;
  }

  declare(name: string, text: string): void {
    if (predefined[name] === undefined && !this.texts.has(name)) this.texts.set(name, text);
  }

  of(name: string): string | undefined {
    const text = this.texts.get(name);
    this.left -= text?.length ?? 0;
    refuseUnless(this.left >= 0);
    return text;
  }
}

/** Reads what a document type declares, and tells where it ends. One that declares anything but plain texts is refused. */
export function readDoctype(text: string, at: number, entities: Entities): number {
  const start = after(opening, text, at);
  refuseUnless(start !== null);
  let end = opening.lastIndex;
  if (start[1] === '>') return end;
  for (let found = after(entity, text, end); found !== null; found = after(entity, text, end)) {
    const [, name, double, single] = found;
    if (name !== undefined) entities.declare(name, double ?? single ?? '');
    end = entity.lastIndex;
  }
  refuseUnless(after(closing, text, end) !== null);
  return closing.lastIndex;
}

const reference = /&(?:#(x[\da-f]{1,6}|\d{1,7})|([^#;&<\s][^;&<\s]{0,100}));/gi;

/** What a reader makes of an attribute's text. */
export const meaning = (text: string, entities: Entities): string =>
  text.includes('&')
    ? text.replace(reference, (whole, code: string | undefined, name: string) => {
        if (code === undefined) return predefined[name] ?? entities.of(name) ?? whole;
        const point = Number(code.replace(/^x/i, '0x'));
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      })
    : text;

/** The names of a document type that is taken out, written out where they stand. */
export function* writtenOut(text: string, from: number, to: number, entities: Entities): Generator<Edit> {
  if (entities.isEmpty) return;
  for (const { 0: whole, 2: name = '', index } of text.slice(from, to).matchAll(reference)) {
    const by = entities.of(name);
    if (by !== undefined) yield { from: from + index, to: from + index + whole.length, by };
  }
}
