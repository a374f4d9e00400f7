const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);

export type Place = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

export const label = ({ x, y }: Place, text: string, style = ''): string =>
  `<text x="${x}" y="${y}" class="${style}">${escaped(text)}</text>`;

export const box = ({ x, y, width, height }: Place & Size, style: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" class="${style}"/>`;

export const dot = ({ x, y }: Place, style: string): string =>
  `<circle cx="${x}" cy="${y}" r="4" class="${style}"/>`;

/** From left to right, with a bend in the middle. */
export function arrow(from: Place, to: Place, bothWays = false): string {
  const middle = (from.x + to.x) / 2;
  const path = `M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  return `<path d="${path}" class="arrow" marker-end="url(#head)"${bothWays ? ' marker-start="url(#head)"' : ''}/>`;
}

/** Lines of at most so many characters; what is left after the last ends in an ellipsis. */
export function wrapped(text: string, length: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (`${line} ${word}`.trim().length > length) {
      lines.push(line);
      line = word;
    } else line = `${line} ${word}`.trim();
  }
  lines.push(line);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
}

export const document = ({ width, height }: Size, title: string, style: string, body: readonly string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8 z" class="head"/></marker></defs>
${body.join('\n')}
</svg>
`;
