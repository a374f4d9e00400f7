import { readFileSync } from 'node:fs';
import { type Costs, countCosts, sweeperNeeds } from './sweeper-needs.ts';

let costs: Costs;
beforeAll(async () => {
  costs = await countCosts();
});

test('what the sweepers need is as it is counted', () => {
  expect(readFileSync('docs/retention.md', 'utf8')).toContain(sweeperNeeds(costs));
});

test('a message that goes in a page costs one write unit, its own, and a call for each twenty-five: time to live takes the record of its send', () => {
  const { calls, write } = costs.page;
  expect(Math.round(write)).toBe(240);
  expect(calls).toBeLessThan(16);
});

test('a page that is only read costs two calls, and nothing is written', () => {
  expect(costs.readPage).toMatchObject({ calls: 2, write: 0 });
});
