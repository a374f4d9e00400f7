import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'test/README.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

/** What a native writer would not write, and what they would. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/\bmilliards?\b/i, 'billion'],
  [/\b(?:one's|oneself)\b/i, 'your, yourself'],
  [/\bone (?:has|wrote|writes|sends|reads) (?:a|the|is|in|to|up)\b/i, 'you have, you wrote …'],
  [/\bis no (?:JSON|id|token|proxy|file|secret)\b/i, 'is not a …'],
  [/\bwhat brings?\b|\bis not to be had\b/i, 'what …; cannot be read'],
];

test('no page is written in English of elsewhere', () => {
  const found = pages.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        foreign.flatMap(([shape, better]) =>
          shape.test(line)
            ? [`${relative('.', path)}:${index + 1} ${shape.exec(line)?.[0]} → ${better}`]
            : [],
        ),
      ),
  );
  expect(found).toEqual([]);
});
