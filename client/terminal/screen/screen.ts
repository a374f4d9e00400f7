import type { Style } from './style.ts';

/** Where the terminal client writes; whole lines, so that what is being typed can be kept below them. */
export type Screen = {
  readonly style: Style;
  write(text: string): void;
  /**
   * Waits for what is to be said in the conversation of this name. What is typed goes away, as it comes back when it has
   * arrived; unless something else is under way, which it has to wait for.
   */
  prompt(name: string, busy: boolean): void;
  /** Asks what the next line answers. */
  ask(question: string): void;
};
