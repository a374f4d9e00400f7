import type { Screen } from './screen.ts';
import type { Style } from './style.ts';

/** Plain lines for a pipe: no prompt, only the questions. */
export function plainScreen(output: NodeJS.WritableStream, style: Style): Screen {
  const write = (text: string) => void output.write(`${text}\n`);
  return { style, write, prompt: () => undefined, ask: (question) => write(question.trimEnd()) };
}
