import { createInterface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { bracketedPaste } from '../../../../../client/terminal/screen/bracketed-paste.ts';
import type { Screen } from '../../../../../client/terminal/screen/screen.ts';
import { style } from '../../../../../client/terminal/screen/style.ts';
import { terminalScreen } from '../../../../../client/terminal/screen/terminal-screen.ts';

export type Emulator = {
  readonly screen: Screen;
  readonly entered: string[];
  type(keys: string): void;
  /** What a person sees, line by line, without what is blank at the end. */
  rows(): Promise<readonly string[]>;
  leave(): void;
  close(): void;
};

/** The terminal screen on a terminal emulator: what is seen is what xterm makes of every byte. */
export function emulator(columns = 40): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows: 24, allowProposedApi: true, convertEol: true });
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        terminal.write(String(chunk), done);
      },
    }),
    { columns, rows: 24, isTTY: true },
  );
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const readline = createInterface({ input, output, terminal: true, escapeCodeTimeout: 10 });
  const entered: string[] = [];
  const pasted = bracketedPaste(input, output);
  const screen = terminalScreen({
    input,
    output,
    readline,
    pastes: pasted,
    style: style(false),
    onEntered: (text) => entered.push(text),
  });
  return {
    screen,
    entered,
    // Without a timer: readline hears the keys at once.
    type: (keys) => void input.emit('data', Buffer.from(keys)),
    async rows() {
      await new Promise<void>((resolve) => output.write('', () => resolve()));
      const { buffer } = terminal;
      const lines = Array.from({ length: buffer.active.length }, (_, row) =>
        (buffer.active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
      );
      return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
    },
    leave: () => readline.close(),
    close() {
      readline.close();
      terminal.dispose();
    },
  };
}
