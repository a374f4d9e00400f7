import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closing } from '../../../../infra/local/process/closing.ts';
import { dataFolder } from '../../../../infra/local/system/data-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lapse-test-folder-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('made if it is not there, and free again when its system has ended', async () => {
  const asked = join(folder, 'a', 'b');
  for (let round = 0; round < 2; round += 1) {
    const closers = closing();
    expect(dataFolder(asked, closers)).toBe(asked);
    await closers.close();
    expect(await readdir(asked)).toEqual([]);
  }
});

test('is its owner’s alone, also one that was there and open to everybody', async () => {
  await chmod(folder, 0o755);
  for (const asked of [folder, join(folder, 'new')]) {
    dataFolder(asked, closing());
    expect((await stat(asked)).mode & 0o777).toBe(0o700);
  }
});

test('a second system is refused, and the first keeps it', () => {
  dataFolder(folder, closing());
  const complaint = new RegExp(`^--data ${folder}: process ${process.pid} is using it; stop that one`);
  for (let round = 0; round < 2; round += 1) {
    expect(() => dataFolder(folder, closing())).toThrow(complaint);
  }
});

test.each(['/proc/lapse', '/dev/null', '/dev/null/lapse'])(
  '%s cannot be one, and says so at once',
  (asked) => {
    expect(() => dataFolder(asked, closing())).toThrow(
      `--data ${asked}: not a folder that can be written to; name another one`,
    );
  },
);

test('a folder without a name is not the one that this runs in', () => {
  expect(() => dataFolder('', closing())).toThrow('--data: name a folder');
});

test.each(['', 'x', '0', '-1'])('what a killed system left (%j) stops nobody', async (left) => {
  await writeFile(join(folder, 'lapse.pid'), left);
  expect(dataFolder(folder, closing())).toBe(folder);
});

test('nor does the number of a process that has ended', async () => {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  await writeFile(join(folder, 'lapse.pid'), `${child.pid}\n`);
  expect(dataFolder(folder, closing())).toBe(folder);
});
