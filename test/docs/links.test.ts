import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const pages = [
  ...readdirSync(root).map((name) => join(root, name)),
  ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join(root, 'docs', String(name))),
  join(root, 'test', 'README.md'),
].filter((path) => path.endsWith('.md'));
const textOf = (path: string) => readFileSync(path, 'utf8');

/** As GitHub makes them of headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** What is linked to and is not there. */
function brokenIn(path: string): readonly string[] {
  const links = [...textOf(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
  });
}

test('every link between the pages leads to a file and to a heading that are there', () => {
  const broken = pages.flatMap((path) => brokenIn(path).map((link) => `${relative(root, path)}: ${link}`));
  expect(broken).toEqual([]);
});

test('there are pages, and links in them', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.flatMap((path) => [...textOf(path).matchAll(/\]\(/g)]).length).toBeGreaterThan(50);
});
