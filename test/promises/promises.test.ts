import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const program = join(import.meta.dirname, 'main.ts');

test('a short life shows no promise broken that is not known to be', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    '--steps',
    '20000',
    '--run',
    '10000',
  ]);
  expect(stdout).toMatch(/steps a second/);
});
