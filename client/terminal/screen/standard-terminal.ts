import { createInterface } from 'node:readline';
import { bracketedPaste } from './bracketed-paste.ts';
import { type LineSource, lineSource } from './line-source.ts';
import { plainScreen } from './plain-screen.ts';
import type { Screen } from './screen.ts';
import { style, wantsColours } from './style.ts';
import { terminalScreen } from './terminal-screen.ts';

export type Terminal = { readonly lines: LineSource; readonly screen: Screen; leave(): void };

/** What this process reads from and writes to: a terminal on both sides, or a pipe or file on one of them. */
export function standardTerminal({ stdin, stdout, env }: NodeJS.Process): Terminal {
  const lines = lineSource();
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const colours = style(wantsColours(stdout.isTTY === true, env['NO_COLOR']));
  const readline = createInterface({ input: stdin, ...(interactive ? { output: stdout } : {}) });
  readline.on('close', lines.end);
  if (!interactive) {
    readline.on('line', lines.push);
    return { lines, screen: plainScreen(stdout, colours), leave: () => readline.close() };
  }
  const pasted = bracketedPaste(stdin, stdout);
  readline.on('close', pasted.stop);
  const screen = terminalScreen({
    input: stdin,
    output: stdout,
    readline,
    pastes: pasted,
    style: colours,
    onEntered: lines.push,
  });
  return { lines, screen, leave: () => readline.close() };
}
