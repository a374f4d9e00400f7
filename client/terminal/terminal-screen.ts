import { clearLine, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Screen } from './screen.ts';
import type { Style } from './style.ts';

/** A screen whose prompt, with what is being typed, stays below everything that is written. */
export function terminalScreen(output: NodeJS.WriteStream, readline: Interface, style: Style): Screen {
  let asked = false;
  readline.on('line', (line) => {
    asked = false;
    // A message comes back with its tick: the typed line would say it twice.
    const rows = Math.ceil((readline.getPrompt().length + line.length + 1) / (output.columns || 80));
    if (!readline.getPrompt().endsWith('> ') || line.startsWith('/')) return;
    for (let row = 0; row < rows; row += 1) {
      moveCursor(output, 0, -1);
      clearLine(output, 0);
    }
  });
  return {
    style,
    write(text) {
      if (asked) {
        cursorTo(output, 0);
        clearLine(output, 0);
      }
      output.write(`${text}\n`);
      if (asked) readline.prompt(true);
    },
    ask(prompt) {
      asked = true;
      readline.setPrompt(prompt);
      readline.prompt();
    },
  };
}

/** Plain lines for a pipe: no prompt of the chat, only the questions. */
export function plainScreen(output: NodeJS.WritableStream, style: Style): Screen {
  return {
    style,
    write: (text) => output.write(`${text}\n`),
    ask(prompt) {
      if (!prompt.endsWith('> ')) output.write(`${prompt.trimEnd()}\n`);
    },
  };
}
