import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

const sheet = readFileSync(join(projectRoot, 'client', 'web', 'style', 'palette.css'), 'utf8');
const colours = (name: string) =>
  new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(sheet)!.slice(1, 3) as [string, string];

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

test('contrast is measured as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test.each([
  ['ink', ['ground', 'surface', 'raised', 'tint', 'mine']],
  ['quiet', ['ground', 'surface', 'raised', 'tint']],
  ['accent', ['surface', 'ground', 'tint']],
  ['on-accent', ['accent', 'accent-strong']],
  ['danger', ['surface', 'ground', 'raised']],
  ['on-warm', ['warm']],
])('%s can be read on %j, in the light and in the dark', (text, grounds) => {
  const [light, dark] = colours(text);
  const found = grounds.map((ground) => {
    const [onLight, onDark] = colours(ground);
    return { ground, ratio: Math.min(contrast(light, onLight), contrast(dark, onDark)) };
  });
  expect(found.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
});

test('the edges of fields and the white letters of avatars can be seen', () => {
  for (const ground of ['surface', 'raised', 'ground']) {
    const [light, dark] = colours('edge');
    const [onLight, onDark] = colours(ground);
    expect(Math.min(contrast(light, onLight), contrast(dark, onDark))).toBeGreaterThanOrEqual(3);
  }
  const hues = [...sheet.matchAll(/--hue: (#\w+)/g)].map(([, hue]) => hue!);
  expect(hues).toHaveLength(8);
  for (const hue of hues) expect(contrast(hue, '#ffffff')).toBeGreaterThanOrEqual(4.5);
});
