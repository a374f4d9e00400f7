import { readFileSync } from 'node:fs';
import { prices } from '../../bench/cost/prices.ts';

type Budget = { readonly readUnits: number; readonly writeUnits: number; readonly posts: number };

/** What the document says beside what a test has counted, by the name of the act there. */
const acts: Readonly<Record<string, string>> = {
  'an edit': 'edit 1:1',
  'a recall': 'recall 1:1',
  'a reaction': 'react 1:1',
  'a pin': 'pin 1:1',
  'a search of a short chat': 'search, a short chat',
};

test('what other acts cost is as it was counted', () => {
  const budgets: Readonly<Record<string, Budget>> = JSON.parse(
    readFileSync('test/budgets/budgets.json', 'utf8'),
  );
  const page = readFileSync('docs/cost.md', 'utf8');
  const rows = Object.entries(acts).map(([name, counted]) => {
    const { readUnits, writeUnits, posts } = budgets[counted] as Budget;
    const usd =
      readUnits * prices.readUnit +
      writeUnits * prices.writeUnit +
      (2 + posts) * prices.frame +
      prices.invocation;
    return `| ${name} | ${writeUnits} | ${readUnits} | ${2 + posts} | ${(usd * 1e6).toFixed(2)} |`;
  });
  for (const row of rows) expect(page).toContain(row);
  expect(page.match(/^\| an? /gm)).toHaveLength(rows.length);
});
