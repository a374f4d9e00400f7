import { readFileSync } from 'node:fs';
import { roomConfiguration, rowsOf } from '../../bench/rooms/compare-rooms.ts';
import { measureRoom } from '../../bench/rooms/measure-room.ts';
import { partsAfter, scalePage } from '../../bench/rooms/scale-table.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let dynamodb: CountingDynamoDb;
let system: LocalSystem;
beforeAll(async () => {
  dynamodb = await startCountingDynamoDb();
  const assemblyFolder = await synthesizedAssembly(roomConfiguration);
  system = await startTestSystem({ assemblyFolder, dynamodbEndpoint: dynamodb.endpoint });
});
afterAll(async () => {
  await system?.close();
  await dynamodb?.close();
});

test('a message to a room of forty costs what it may, reaches everybody once, and a hundred of them go together', async () => {
  const figures = await measureRoom(system, dynamodb, { watchers: 40, rounds: 2, print: () => undefined });
  // Times are for the benchmark: here others use the machine.
  const counted = rowsOf(figures).filter(({ what }) => !what.startsWith('time'));
  expect(counted.filter(({ found, most }) => found > most)).toEqual([]);
  expect(figures).toMatchObject({ postsOfSingle: 40, lost: 0, twice: 0 });
  expect(figures.send).toEqual({ write: 3, read: 2 });
  expect(figures.deliver.write).toBe(2);
  expect(figures.deliver.read).toBeLessThanOrEqual(3);
});

test('the parts of a room share its connections, and none has many more than the others', () => {
  for (const connections of [1, 499, 501, 10_000]) {
    const parts = partsAfter(connections);
    expect(parts.reduce((sum, each) => sum + each, 0)).toBe(connections);
    expect(Math.max(...parts)).toBeLessThanOrEqual(560);
  }
});

test('docs/scale.md is what the command writes', () => {
  expect(readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')).toBe(scalePage());
});
