import type { EventEmitter } from 'node:events';
import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline';
import stringWidth from 'string-width';
import type { BracketedPaste } from './bracketed-paste.ts';
import type { Screen } from './screen.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

export type TerminalScreenOptions = {
  readonly input: EventEmitter;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  readonly readline: Interface;
  readonly pastes: BracketedPaste;
  readonly style: Style;
  /** What was typed before Enter, with the lines that were pasted before it. */
  readonly onEntered: (text: string) => void;
};

/** A screen whose prompt, with what is being typed, stays below everything that is written. */
export function terminalScreen(options: TerminalScreenOptions): Screen {
  const { input, output, readline, pastes, style, onEntered } = options;
  let asked: 'prompt' | 'other' | undefined;
  /** There are no more lines: nothing is asked any more. */
  let closed = false;
  /** Lines of a paste that are not entered yet, as they stand on the screen. */
  let held: { readonly line: string; readonly shown: string }[] = [];
  const columns = () => output.columns || 80;
  const rowsOf = (shown: string) => Math.floor(stringWidth(shown) / columns()) + 1;
  const rowsHeld = () => held.reduce((sum, { shown }) => sum + rowsOf(shown), 0);

  function show(prompt: string): void {
    // What was typed ahead of the prompt is on the screen already.
    if (readline.line !== '') clear(readline.getCursorPos().rows);
    readline.setPrompt(prompt);
    redraw();
  }

  function clear(rowsAbove: number): void {
    moveCursor(output, 0, -rowsAbove);
    cursorTo(output, 0);
    clearScreenDown(output);
  }

  /** Readline forgets to count the rows of what comes in one piece: it is told in which one the cursor stands. */
  const standAt = (row: number) => Object.assign(readline, { prevRows: row });
  input.prependListener('keypress', () => {
    if (!pastes.underWay()) standAt(readline.getCursorPos().rows);
  });

  function redraw(): void {
    standAt(0);
    readline.prompt(true);
  }

  readline.on('line', (line) => {
    held.push({ line, shown: readline.getPrompt() + line });
    if (pastes.underWay()) return show('… ');
    const text = held.map((each) => each.line).join('\n');
    // What is said comes back with its tick: the typed lines would say it twice.
    if (asked === 'prompt' && (held.length > 1 || !/^\s*\/(?!\/)/u.test(text))) clear(rowsHeld());
    held = [];
    asked = undefined;
    onEntered(text);
  });
  readline.on('close', () => {
    if (asked !== undefined) output.write('\n');
    asked = undefined;
    closed = true;
  });

  return {
    style,
    write(text) {
      const typing = asked !== undefined;
      const rows = typing ? readline.getCursorPos().rows : 0;
      if (typing) clear(rows + rowsHeld());
      output.write(`${wrap(text, columns())}\n`);
      for (const { shown } of held) output.write(`${shown}\n`);
      if (typing) redraw();
    },
    prompt(name, busy) {
      if (closed) return;
      asked = busy ? 'other' : 'prompt';
      show(`${name}> `);
    },
    ask(question) {
      if (closed) return;
      asked = 'other';
      show(question);
    },
  };
}
