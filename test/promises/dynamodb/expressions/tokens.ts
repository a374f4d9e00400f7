import { invalid } from '../refusals.ts';

/** `name`: of an attribute, or a word; `alias`: `#name`; `value`: `:value`. */
export type Token = {
  readonly kind: 'name' | 'alias' | 'value' | 'number' | 'sign' | 'end';
  readonly text: string;
};

const pattern =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>(),.[\]+-]))/y;
const kinds = ['name', 'alias', 'value', 'number', 'sign'] as const;

export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (match === null) throw invalid(`what is this in an expression: ${expression.slice(at, at + 20)}`);
    const index = match.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: kinds[index] ?? 'sign', text: match[index + 1] ?? '' });
  }
  return tokens;
}

const end: Token = { kind: 'end', text: '' };

/** Goes through the tokens of one expression. */
export function reader(expression: string) {
  const tokens = tokensOf(expression);
  let at = 0;
  const self = {
    peek: (ahead = 0): Token => tokens[at + ahead] ?? end,
    take(): Token {
      const token = self.peek();
      at += 1;
      return token;
    },
    /** Words are told from names by nothing but their place, and by no case. */
    isWord: (word: string): boolean => self.peek().kind === 'name' && self.peek().text.toUpperCase() === word,
    takeWord(word: string): boolean {
      const found = self.isWord(word);
      if (found) at += 1;
      return found;
    },
    takeSign(sign: string): boolean {
      const { kind, text } = self.peek();
      const found = kind === 'sign' && text === sign;
      if (found) at += 1;
      return found;
    },
    expectSign(sign: string): void {
      if (!self.takeSign(sign)) throw self.wrong();
    },
    expectEnd(): void {
      if (self.peek().kind !== 'end') throw self.wrong();
    },
    wrong: () => invalid(`near "${self.peek().text}" in: ${expression}`),
  };
  return self;
}

export type Reader = ReturnType<typeof reader>;
