import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'lapse-'));

function run(context: Record<string, unknown>) {
  const env = {
    PATH: process.env['PATH'],
    CDK_OUTDIR: join(folder, 'out'),
    CDK_CONTEXT_JSON: JSON.stringify(context),
  };
  return spawnSync(process.execPath, ['infra/app.ts'], { env, encoding: 'utf8' });
}

test('a faulty configuration ends in a line for each fault and no stack', () => {
  const file = join(folder, 'faulty.json');
  writeFileSync(file, '{"messages": {"store": 1}, "accessLog": 2}');
  const { status, stderr, stdout } = run({ config: file });
  expect(stderr).toBe(
    `${file}: messages.store: allowed: true or false\n${file}: accessLog: allowed: true or false\n`,
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

test("a region that is not the operator's ends in one line and no stack", () => {
  const { status, stderr } = run({ region: 'us-east-1' });
  expect(stderr).toBe('region us-east-1: not in regions; allowed: ap-northeast-2\n');
  expect(status).toBe(1);
});
