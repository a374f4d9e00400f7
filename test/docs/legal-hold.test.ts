import { readFileSync } from 'node:fs';
import { personalStores } from '../../shared/protocol/personal-stores.ts';

const page = readFileSync(new URL('../../docs/legal-hold.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| (\w+) +\| (yes|no) +\| (.+?) +\|$/gm)];

test('the operator reads of every store whether it is held, and why', () => {
  expect(rows.map(([, store]) => store).toSorted()).toEqual([...personalStores].toSorted());
  for (const [, , , why = ''] of rows) expect(why.length).toBeGreaterThan(10);
});
