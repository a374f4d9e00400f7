import { readFileSync } from 'node:fs';
import { countVisits, sweeperNeeds } from './sweeper-needs.ts';

test('what the sweeper needs is as it is counted', async () => {
  expect(readFileSync('docs/retention.md', 'utf8')).toContain(await sweeperNeeds());
});

test('a conversation with one message is visited three times: noted, emptied, out of the index', async () => {
  expect((await countVisits()).visits).toBe(3);
});
