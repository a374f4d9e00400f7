import { randomBytes } from 'node:crypto';
import { unzipSync } from 'fflate';
import { zipLifeMillis } from '../../../shared/stores/privacy/export-request.ts';
import { epochSeconds } from '../../../shared/time.ts';
import { ask, exportedTexts, texts, unpacked, work } from '../../support/export-acts.ts';
import { exportWorld, weekSeconds } from '../../support/export-world.ts';

test('one zip holds all conversations of the user and none of the others', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(250));
  world.talk('d-bc', ['bob', 'carol'], ['between us two']);
  await ask(world);
  await work(world);
  expect([...world.objects.keys()]).toEqual(world.state.record?.zipKeys);
  expect(exportedTexts(world, 'd-ab')).toEqual(texts(250));
  const everything = [...unpacked(world)].flat().join('\n');
  for (const others of ['d-bc', 'carol', 'between us two']) expect(everything).not.toContain(others);
});

test('the open sockets are named as in earlier exports', async () => {
  const world = exportWorld();
  world.connect('phone', 'fingerprint');
  await ask(world);
  await work(world);
  const [socket] = JSON.parse(unpacked(world).get('connections.json') ?? '[]');
  expect(Object.keys(socket)).toEqual(['userId', 'connectionId', 'connectedAt', 'expiresAt', 'agreedTo']);
  expect(socket.agreedTo).toBe('fingerprint');
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
