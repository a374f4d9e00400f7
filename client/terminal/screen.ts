import type { Style } from './style.ts';

/** Where the terminal client writes; whole lines, so that a prompt can be kept below them. */
export type Screen = {
  readonly style: Style;
  write(text: string): void;
  /** What the next line of input answers. */
  ask(prompt: string): void;
};
