import { readFileSync } from 'node:fs';
import { personalStores } from '../../shared/protocol/personal-stores.ts';

/** The rows of the table that says of each store: is it held, and why. */
const rows = readFileSync('docs/legal-hold.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5 && ['yes', 'no'].includes(cells[2] ?? ''));

test('the operator reads of every personal store whether it is held, and why', () => {
  expect(rows.map(([, store]) => store).toSorted()).toEqual([...personalStores].toSorted());
  for (const [, , , why] of rows) expect(why).not.toBe('');
});

test('held is what the backfill takes the end off, and what leads to it', () => {
  const held = rows.filter(([, , isHeld]) => isHeld === 'yes').map(([, store]) => store);
  expect(held.toSorted()).toEqual(['conversations', 'mediaObjects', 'messages', 'profiles']);
});
