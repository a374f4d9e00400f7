import { writeExport } from '../../../shared/export/write-export.ts';
import { ask, exportedTexts, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

test('whatever call of a store fails, once, the export comes to its end and nothing half written stays', async () => {
  const calls = await countedCalls(Number.POSITIVE_INFINITY);
  expect(calls.failed).toBe(false);
  for (let failing = 1; failing <= calls.count; failing += 1) {
    const { world, failed } = await countedCalls(failing);
    expect(failed).toBe(true);
    expect(exportedTexts(world, 'd-ab')).toEqual(texts(150));
    expect(world.state.record).toMatchObject({ state: 'ready', parts: 2 });
    expect(world.objects.size).toBe(2);
    // An upload that was begun and not yet noted is empty: the lifecycle of the bucket ends it.
    expect([...world.uploads.values()].filter(({ parts }) => parts.size > 0)).toEqual([]);
    expect(world.pushed.length).toBeGreaterThanOrEqual(1);
  }
});

/** An export of two zips in which one call fails after it has had its effect, as when a function is killed there. */
async function countedCalls(failing: number) {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(150));
  world.connect('phone');
  world.state.isOver = () => world.state.record?.parts === 0;
  await ask(world);
  let count = 0;
  const counted = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get:
        (target, name) =>
        async (...given: unknown[]) => {
          count += 1;
          const dies = count === failing;
          const result = await Object(target)[name](...given);
          if (dies) throw new Error('killed');
          return result;
        },
    });
  const { exports, files, jobs } = world.writeDeps;
  const writeDeps = {
    ...world.writeDeps,
    exports: counted(exports),
    files: counted(files),
    jobs: counted(jobs),
  };
  await work({ ...world, writeDeps });
  return { world, count, failed: count >= failing };
}

test('a worker that is overtaken leaves everything to the other', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(10));
  await ask(world);
  const [job] = world.jobs.splice(0);
  if (job === undefined) throw new Error('no job');
  const other = Promise.withResolvers<void>();
  let first = true;
  world.state.beforePart = async () => {
    if (!first) return;
    first = false;
    await writeExport(world.writeDeps, job);
    other.resolve();
  };
  await expect(writeExport(world.writeDeps, job)).rejects.toThrow('NoSuchUpload');
  await other.promise;
  expect(world.state.record).toMatchObject({ state: 'ready', parts: 1 });
  expect(exportedTexts(world, 'd-ab')).toEqual(texts(10));
  expect(world.uploads.size).toBe(0);
});
