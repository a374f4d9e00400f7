/** How a terminal shows a text; without colours every function gives the text back. */
export type Style = {
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly mine: (text: string) => string;
  readonly other: (text: string) => string;
  readonly warning: (text: string) => string;
};

const sgr = (colours: boolean, code: number) => (text: string) =>
  colours ? `\u001b[${code}m${text}\u001b[0m` : text;

export function style(colours: boolean): Style {
  return {
    dim: sgr(colours, 2),
    bold: sgr(colours, 1),
    mine: sgr(colours, 32),
    other: sgr(colours, 36),
    warning: sgr(colours, 33),
  };
}

/** See no-color.org: any value but the empty one turns colours off. */
export function wantsColours(isTTY: boolean, noColor: string | undefined): boolean {
  return isTTY && (noColor === undefined || noColor === '');
}
