import type { EventEmitter } from 'node:events';

export type BracketedPaste = {
  /** Whether what comes now is being pasted. */
  underWay(): boolean;
  stop(): void;
};

/** Asks the terminal to mark what is pasted ("bracketed paste"), so that its line breaks are not taken for the Enter key. */
export function bracketedPaste(input: EventEmitter, output: NodeJS.WritableStream): BracketedPaste {
  let pasting = false;
  const onKey = (_text: unknown, { name }: { readonly name?: string }) => {
    if (name === 'paste-start' || name === 'paste-end') pasting = name === 'paste-start';
  };
  input.on('keypress', onKey);
  output.write('\u001b[?2004h');
  return {
    underWay: () => pasting,
    stop() {
      input.off('keypress', onKey);
      output.write('\u001b[?2004l');
    },
  };
}
