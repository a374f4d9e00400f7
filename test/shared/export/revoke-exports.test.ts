import { requestExport } from '../../../shared/export/request-export.ts';
import { revokeExports } from '../../../shared/export/revoke-exports.ts';
import { ask, exportedTexts, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

/** Alice's export of what she shares with bob, who has something erased; with `parts` zips. */
async function askedFor({ parts = 1 } = {}) {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], ['of alice', 'of bob', ...texts(298)]);
  world.talk('d-ac', ['alice', 'carol'], texts(1));
  world.connect('phone');
  let slices = 0;
  world.state.isOver = () => (world.state.record?.parts ?? 0) < parts - 1 && ++slices > 0;
  await ask(world);
  const delays: (number | undefined)[] = [];
  const revoke = revokeExports({
    ...world.requestDeps,
    exports: world.exports,
    files: world.files,
    conversations: world.conversationStore,
    jobs: {
      add: async (job, delay) => {
        delays.push(delay);
        world.jobs.push(job);
      },
    },
  });
  const erase = async () => {
    const left = world.messages.get('d-ab')?.filter(({ from }) => from !== 'bob') ?? [];
    world.messages.set('d-ab', left);
    await revoke(['d-ab']);
  };
  return { world, revoke, erase, delays };
}

const ofBob = (world: ReturnType<typeof exportWorld>) =>
  exportedTexts(world, 'd-ab').filter((text) => text === 'of bob').length;

test('a zip that another member can fetch is gone, its address gives nothing, and the next one has nothing of it', async () => {
  const { world, erase, delays } = await askedFor({ parts: 2 });
  await work(world);
  expect(world.objects.size).toBe(2);
  expect(ofBob(world)).toBe(1);
  const before = world.state.record?.requestId;
  await erase();
  expect([world.objects.size, world.state.record, delays]).toEqual([0, undefined, []]);
  expect(await ask(world)).toMatchObject({
    state: 'accepted',
    requestId: expect.not.stringMatching(`^${before}$`),
  });
  await work(world);
  expect([exportedTexts(world, 'd-ab').length, ofBob(world)]).toEqual([150, 0]);
});

test('one that is being written begins anew under the same request, and who waits for it is told once', async () => {
  const { world, erase, delays } = await askedFor();
  let erased = false;
  world.state.beforePart = async () => {
    if (erased) return;
    erased = true;
    await erase();
  };
  const requestId = world.state.record?.requestId;
  await work(world);
  expect(delays).toEqual([60]);
  expect([exportedTexts(world, 'd-ab').length, ofBob(world)]).toEqual([150, 0]);
  expect(world.state.record).toMatchObject({ state: 'ready', parts: 1, requestId });
  expect([world.objects.size, world.uploads.size]).toEqual([1, 0]);
  expect(new Set(world.pushed.map(({ frame }) => frame['requestId']))).toEqual(new Set([requestId]));
});

test('between two zips the finished one goes, and both are written anew', async () => {
  const { world, erase } = await askedFor({ parts: 2 });
  const [job] = world.jobs;
  if (job === undefined) throw new Error('no job');
  await work({ ...world, jobs: [job] }, 1);
  expect(world.state.record).toMatchObject({ state: 'accepted', parts: 1 });
  const first = [...world.objects.keys()];
  await erase();
  expect(world.state.record).toMatchObject({ state: 'accepted', parts: 0 });
  expect(world.objects.size).toBe(0);
  await work(world);
  expect(world.state.record).toMatchObject({ state: 'ready', parts: 2 });
  expect([...world.objects.keys()]).not.toEqual(expect.arrayContaining(first));
  expect([exportedTexts(world, 'd-ab').length, ofBob(world)]).toEqual([150, 0]);
});

test('a worker that has finished and not yet noted it removes its own zip, and not that of who began anew', async () => {
  const { world, erase } = await askedFor();
  const { complete } = world.files;
  let first = true;
  world.files.complete = async (upload, parts) => {
    await complete(upload, parts);
    if (!first) return;
    first = false;
    await erase();
    // The other one is done before this one comes to note anything.
    await work({ ...world, jobs: world.jobs.splice(1) });
  };
  await work(world);
  expect(world.state.record).toMatchObject({ state: 'ready', parts: 1 });
  expect([...world.objects.keys()]).toEqual(world.state.record?.zipKeys);
  expect(ofBob(world)).toBe(0);
});

test('the zips of others, and one that nobody has begun to write, stay as they are', async () => {
  const { world, revoke, delays } = await askedFor();
  await revoke(['d-ab']);
  expect([world.state.record?.state, delays]).toEqual(['accepted', []]);
  await work(world);
  const zips = [...world.objects.keys()];
  await revoke(['d-bc', 'd-of-nobody']);
  await revoke([]);
  expect([...world.objects.keys()]).toEqual(zips);
  expect(await requestExport(world.requestDeps, 'alice', 'user')).toMatchObject({ state: 'ready' });
});

test('while no export is open one read is all it costs', async () => {
  const { world } = await askedFor();
  let reads = 0;
  const revoke = revokeExports({
    ...world.requestDeps,
    exports: {
      ...world.exports,
      async *each() {
        reads += 1;
        yield* [];
      },
    },
    files: world.files,
    conversations: {
      read: async () => {
        throw new Error('not needed');
      },
      listFormerIds: async () => {
        throw new Error('not needed');
      },
    },
  });
  await revoke(Array.from({ length: 25 }, (_, n) => `d-${n}`));
  expect(reads).toBe(1);
});

test('where very many are open no more than so many are read, and then the members by their key', async () => {
  const { world, erase } = await askedFor({ parts: 2 });
  await work(world);
  const open = world.state.record;
  if (open === undefined) throw new Error('no export');
  let listed = 0;
  const { each, read } = world.exports;
  const asked: string[] = [];
  Object.assign(world.exports, {
    async *each() {
      for (; listed < 5_000; listed += 1) yield { ...open, userId: `stranger-${listed}` };
    },
    async read(userId: string) {
      asked.push(userId);
      return read(userId);
    },
  });
  await erase();
  Object.assign(world.exports, { each, read });
  expect(listed).toBeLessThan(101);
  expect(new Set(asked)).toEqual(new Set(['alice', 'bob']));
  expect([world.objects.size, world.state.record]).toEqual([0, undefined]);
});

test('whichever call fails, once, and is then repeated, nothing of it is left', async () => {
  for (let failing = 1; ; failing += 1) {
    const { world, revoke } = await askedFor({ parts: 2 });
    const [job] = world.jobs;
    if (job === undefined) throw new Error('no job');
    await work({ ...world, jobs: [job] }, 1);
    const upload = await world.files.begin(`${job.requestId}/2-another.zip`);
    await world.exports.take(world.state.record ?? ({} as never), upload);
    let calls = 0;
    const dying = <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get: (target, name) =>
          name === 'each'
            ? Object(target)[name]
            : async (...given: unknown[]) => {
                calls += 1;
                const dies = calls === failing;
                const result = await Object(target)[name](...given);
                if (dies) throw new Error('killed');
                return result;
              },
      });
    const { requestDeps, conversationStore: conversations } = world;
    const deps = { ...requestDeps, conversations, exports: world.exports, files: world.files };
    const mortal = {
      ...deps,
      exports: dying(world.exports),
      files: dying(world.files),
      jobs: dying(deps.jobs),
    };
    await revokeExports(mortal)(['d-ab']).catch(() => undefined);
    await revoke(['d-ab']);
    expect([world.objects.size, world.uploads.size]).toEqual([0, 0]);
    expect(world.state.record).toMatchObject({ state: 'accepted', parts: 0 });
    expect(world.jobs.length).toBeGreaterThan(1);
    if (calls < failing) return;
  }
});
