import { readFileSync } from 'node:fs';
import { holdDuties } from '../../../shared/holds/hold-duties.ts';

const doc = readFileSync('docs/legal-hold.md', 'utf8');
const rows = doc
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5 && ['yes', 'no'].includes(cells[2] ?? ''))
  .map(([, store, held, why]) => [store, held, why]);

test('the operator reads of every store whether it is held, and why', () => {
  expect(rows).toEqual(
    Object.entries(holdDuties).map(([store, { held, why }]) => [store, held ? 'yes' : 'no', why]),
  );
});
