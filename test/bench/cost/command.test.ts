import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { costTable } from '../../../bench/cost/cost-table.ts';
import { help, usagesOf } from '../../../bench/cost/options.ts';
import { usual } from '../../../bench/cost/usage.ts';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

const given = { users: '10', region: 'us-east-1' };

test('docs/cost.md shows what the command prints', () => {
  const args = ['bench/cost/main.ts'];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('| **Lapse** |');
  expect(readFileSync('docs/cost.md', 'utf8')).toContain(stdout.trim());
});

test('each option changes what it names', () => {
  expect(usagesOf(given)).toEqual([{ ...usual, users: 10 }]);
  expect(
    usagesOf({
      ...given,
      users: '1,20',
      'messages-per-day': '40',
      'minutes-per-day': '5',
      'connects-per-day': '2',
      receipts: '1',
      typing: '0',
      online: '0.25',
      'retention-days': '30',
    }),
  ).toEqual(
    [1, 20].map((users) => ({
      ...{ users, messages: 40, minutes: 5, connects: 2, receipts: 1, typing: 0, online: 0.25 },
      retentionDays: 30,
    })),
  );
});

test.each([
  [{ region: 'eu-west-1' }, '--region: allowed: us-east-1, whose prices are known'],
  [{ users: '0' }, '--users: allowed: whole numbers from 1 to 1000000000, with commas between them'],
  [{ users: '1,' }, '--users: allowed: a number from 0 to 1000000000'],
  [{ users: '1.5' }, '--users: allowed: whole numbers from 1 to 1000000000, with commas between them'],
  [{ online: '1.1' }, '--online: allowed: a number from 0 to 1'],
  [{ 'minutes-per-day': '1441' }, '--minutes-per-day: allowed: a number from 0 to 1440'],
  [{ 'messages-per-day': '-1' }, '--messages-per-day: allowed: a number from 0 to 10000'],
  [{ receipts: 'many' }, '--receipts: allowed: a number from 0 to 1'],
])('%j is refused: %s', (wrong, message) => {
  expect(() => usagesOf({ ...given, ...wrong })).toThrow(message);
});

test('help names every option', () => {
  for (const name of Object.keys(help.options)) expect(help.text).toContain(`--${name} `);
});

test("others' list prices stand only where they are known", () => {
  const table = costTable([5_000, 5_001, 10_001].map((users) => ({ ...usual, users })));
  const row = (name: string) => table.split('\n').find((line) => line.startsWith(`| ${name}`));
  expect(row('Sendbird')).toMatch(/\| 399 \| not published \| not published \|$/);
  expect(row('Stream')).toMatch(/\| 499 \| 499 \| not published \|$/);
});
