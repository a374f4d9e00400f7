import { randomBytes } from 'node:crypto';
import { unzipSync } from 'fflate';
import { exportObjects } from '../../../shared/export/export-objects.ts';
import { zipLifeMillis } from '../../../shared/export/export-request.ts';
import { requestExport } from '../../../shared/export/request-export.ts';
import { tendExports } from '../../../shared/export/tend-exports.ts';
import { writeExport } from '../../../shared/export/write-export.ts';
import { epochSeconds } from '../../../shared/time.ts';
import { exportWorld, weekSeconds } from '../../support/export-world.ts';

type World = ReturnType<typeof exportWorld>;
const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index + 1}`);

async function ask({ requestDeps }: World, asker: 'user' | 'operator' = 'user') {
  return requestExport(requestDeps, 'alice', asker);
}

/** Whatever the queue holds, until it is empty; a job that fails is delivered again. */
async function work({ jobs, writeDeps }: World, deliveries = 20): Promise<void> {
  for (let left = deliveries; jobs.length > 0 && left > 0; left -= 1) {
    const [job] = jobs;
    if (job === undefined) return;
    try {
      await writeExport(writeDeps, job);
      jobs.shift();
    } catch {
      // Stays in the queue.
    }
  }
}

/** All zips unpacked into one folder. */
function unpacked({ objects }: World): ReadonlyMap<string, string> {
  const decoder = new TextDecoder();
  return new Map(
    [...objects.values()].flatMap((zip) =>
      Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, decoder.decode(bytes)] as const),
    ),
  );
}

function exportedTexts(world: World, conversationId: string): readonly string[] {
  return [...unpacked(world)]
    .filter(([name]) => name.endsWith(`messages/${conversationId}.jsonl`))
    .toSorted(([one], [other]) => partOf(one) - partOf(other))
    .flatMap(([, content]) => content.split('\n').filter(Boolean))
    .map((line) => JSON.parse(line).content.text);
}

const partOf = (name: string) => Number(/^part-(\d+)/.exec(name)?.[1] ?? 1);

test('one zip holds all conversations of the user and none of the others', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(250));
  world.talk('d-bc', ['bob', 'carol'], ['between us two']);
  await ask(world);
  await work(world);
  expect([...world.objects.keys()]).toEqual([`${world.state.record?.requestId}/1.zip`]);
  expect(exportedTexts(world, 'd-ab')).toEqual(texts(250));
  const everything = [...unpacked(world)].flat().join('\n');
  for (const others of ['d-bc', 'carol', 'between us two']) expect(everything).not.toContain(others);
});

test('what ends while the zip can be read is not in it, at the very instant', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], ['ends before', 'ends with it', 'ends after']);
  const end = world.state.now + zipLifeMillis;
  const ends = [end - 1_000, end, end + 1_000];
  const all = world.messages.get('d-ab') ?? [];
  world.messages.set(
    'd-ab',
    all.map((message, index) => ({ ...message, expiresAt: epochSeconds(ends[index] ?? 0) })),
  );
  await ask(world);
  await work(world);
  expect(exportedTexts(world, 'd-ab')).toEqual(['ends after']);
  expect(world.state.record?.readableUntil).toBe(end);
});

test('where messages are not stored the zip says so and has none', async () => {
  const world = exportWorld({ stored: false });
  world.talk('d-ab', ['alice', 'bob'], texts(3));
  await ask(world);
  await work(world);
  const files = unpacked(world);
  expect(JSON.parse(files.get('about.json') ?? '').notExported).toMatchObject({
    messages: 'not stored by this service',
    profiles: 'not stored by this service',
  });
  expect([...files.keys()].filter((name) => name.startsWith('messages'))).toEqual([]);
  expect([...files.values()].join('')).not.toContain('text 1');
});

test('a shorter policy applies to what is stored', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], ['old']);
  world.state.now += weekSeconds * 1000;
  const [old] = world.messages.get('d-ab') ?? [];
  if (old !== undefined) world.messages.set('d-ab', [{ ...old, expiresAt: epochSeconds(9e12) }]);
  await ask(world);
  await work(world);
  expect(exportedTexts(world, 'd-ab')).toEqual([]);
});

test('when the time runs out the rest goes into further zips, nothing twice and nothing lost', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(700));
  world.talk('d-ac', ['alice', 'carol'], texts(3));
  let slices = 0;
  world.state.isOver = () => ++slices % 3 === 0;
  world.connect('phone');
  await ask(world);
  await work(world);
  expect(world.objects.size).toBeGreaterThan(3);
  expect(exportedTexts(world, 'd-ab')).toEqual(texts(700));
  expect(exportedTexts(world, 'd-ac')).toEqual(texts(3));
  expect(world.pushed.map(({ frame }) => frame['parts'])).toEqual([world.objects.size]);
  const names = [...world.objects.values()].flatMap((zip) => Object.keys(unzipSync(zip)));
  expect(new Set(names).size).toBe(names.length);
});

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

test('of ten thousand messages only a part and a page are held at a time', async () => {
  const world = exportWorld();
  // Hexadecimal digits of chance: 4 bits a character, which no compression brings below half.
  const words = Array.from({ length: 10_000 }, () => randomBytes(400).toString('hex'));
  world.talk('d-ab', ['alice', 'bob'], words);
  let uploaded = 0;
  let read = 0;
  let mostHeld = 0;
  const partBytes = 512 * 1024;
  const { files, exporters } = world.writeDeps;
  const { messages } = exporters;
  if (typeof messages !== 'function') throw new Error('messages are stored');
  const writeDeps = {
    ...world.writeDeps,
    partBytes,
    files: {
      ...files,
      addPart: async (...given: Parameters<typeof files.addPart>) => {
        const part = await files.addPart(...given);
        uploaded += given[2].length;
        return part;
      },
    },
    exporters: {
      ...exporters,
      messages: async function* counted(...given: Parameters<typeof messages>) {
        for await (const slice of messages(...given)) {
          // Never more than what half of what was read takes in the zip.
          read += 100 * 400;
          mostHeld = Math.max(mostHeld, read - uploaded);
          yield slice;
        }
      },
    },
  };
  await ask(world);
  await work({ ...world, writeDeps });
  expect(world.state.record).toMatchObject({ state: 'ready' });
  expect(uploaded).toBeGreaterThan(4_000_000);
  expect(mostHeld).toBeLessThan(2 * partBytes);
  expect(exportedTexts(world, 'd-ab')).toHaveLength(10_000);
});

test('a user gets the same export as long as there is one, then a new one', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1));
  const asked = await ask(world);
  expect(await ask(world)).toEqual(asked);
  expect(world.jobs).toHaveLength(1);
  await work(world);
  const { requestId } = asked;
  const url = `https://files/${requestId}/1.zip?for=900`;
  expect(await ask(world)).toEqual({ requestId, state: 'ready', url, expiresAt: 1_800_000_900, parts: 1 });
  world.state.now += zipLifeMillis - 60_000;
  expect(await ask(world)).toMatchObject({ url: expect.stringContaining('?for=60') });
  world.state.now += 60_000;
  await expect(ask(world)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await tendExports({ ...world.writeDeps, exports: world.exports });
  expect(world.objects.size).toBe(0);
  expect(await ask(world)).toMatchObject({ state: 'accepted' });
});

test('only sockets of the present policy are told where it is', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1));
  world.connect('phone');
  world.connect('laptop');
  world.connect('old policy', 'other');
  world.connect('no consent', '-');
  await ask(world);
  await work(world);
  expect(world.pushed.map(({ connectionId }) => connectionId)).toEqual(['phone', 'laptop']);
});

test('after a withdrawal the own export is dropped, before it is written and before it is handed out', async () => {
  for (const instant of ['before', 'during'] as const) {
    const world = exportWorld();
    world.talk('d-ab', ['alice', 'bob'], texts(1));
    world.connect('phone');
    await ask(world);
    const withdraw = () => {
      world.state.consent = 'withdrawn';
    };
    if (instant === 'before') withdraw();
    else world.state.beforePart = async () => withdraw();
    await work(world);
    expect([world.objects.size, world.uploads.size, world.state.record]).toEqual([0, 0, undefined]);
    expect(world.pushed).toEqual([]);
  }
});

test("the operator's export goes on without consent, and nobody else is told of it", async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1));
  world.connect('phone');
  world.state.consent = 'withdrawn';
  await ask(world, 'operator');
  await work(world);
  expect(world.state.record).toMatchObject({ state: 'ready' });
  expect(world.pushed).toEqual([]);
});

test('what lies too long is put into the queue again, and given up after three days', async () => {
  const world = exportWorld();
  await ask(world);
  world.jobs.splice(0);
  const deps = { ...world.writeDeps, exports: world.exports };
  await tendExports(deps);
  expect(world.jobs).toHaveLength(0);
  world.state.now += 20 * 60_000;
  await tendExports(deps);
  await tendExports(deps);
  expect(world.jobs).toHaveLength(1);
  world.state.now += 3 * 86_400_000;
  await tendExports(deps);
  expect(world.state.record).toBeUndefined();
});
