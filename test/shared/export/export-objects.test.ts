import { exportObjects } from '../../../shared/export/export-objects.ts';
import { ask, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

test('an export that is erased while it is written leaves nothing behind', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(10));
  await ask(world);
  const objects = exportObjects(world);
  world.state.beforePart = async () => void (await objects.remove('alice'));
  await work(world, 3);
  expect([world.objects.size, world.uploads.size, world.state.record]).toEqual([0, 0, undefined]);
});

test('of a finished export erasure finds all zips and leaves none', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(150));
  let slices = 0;
  world.state.isOver = () => ++slices === 3;
  await ask(world);
  await work(world);
  const objects = exportObjects(world);
  expect(await objects.count('bob')).toBe(0);
  expect(await objects.count('alice')).toBe(2);
  expect(await objects.remove('alice')).toBe(2);
  expect([await objects.count('alice'), world.objects.size]).toEqual([0, 0]);
});

test('a worker that finishes a zip while the export is removed leaves none behind', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(150));
  let slices = 0;
  world.state.isOver = () => ++slices === 1;
  await ask(world);
  const [job] = world.jobs;
  if (job === undefined) throw new Error('no job');
  await work({ ...world, jobs: [job] }, 1);
  expect(world.state.record).toMatchObject({ state: 'accepted', parts: 1 });
  let first = true;
  const list = async (prefix: string) => {
    const keys = await world.files.list(prefix);
    // Behind this look, and before the record is gone.
    if (first) await work(world);
    first = false;
    return keys;
  };
  expect(await exportObjects({ ...world, files: { ...world.files, list } }).remove('alice')).toBe(2);
  expect([world.objects.size, world.uploads.size, world.state.record]).toEqual([0, 0, undefined]);
});
