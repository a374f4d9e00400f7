import type { Chunk, Exporter } from '../../../shared/export/exporter.ts';
import { writeZip } from '../../../shared/export/write-zip.ts';
import type { PersonalStore } from '../../../shared/protocol/personal-stores.ts';
import { epochMillis } from '../../../shared/time.ts';
import { ask, exportedTexts, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

const exported = { userId: 'alice', until: epochMillis(1_800_000_000_000) };

function exporterOf(world: ReturnType<typeof exportWorld>, store: PersonalStore): Exporter {
  const exporter = world.writeDeps.exporters[store];
  if (typeof exporter !== 'function') throw new Error(`${store} is not exported`);
  return exporter;
}

async function chunksOf(exporter: Exporter, after?: string): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of exporter(exported, after)) chunks.push(chunk);
  return chunks;
}

/** Another 250 that alice is no longer in when they are read, and one without a message. */
function largeAccount() {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1_000));
  world.talk('d-empty', ['alice', 'bob'], []);
  const { read } = world.conversationStore;
  for (let n = 0; n < 250; n += 1) world.talk(`d-gone-${n}`, ['alice', 'bob'], texts(1));
  world.conversationStore.read = async (id) => (id.startsWith('d-gone') ? undefined : read(id));
  return world;
}

test.each([
  // 10 pages of texts, the empty conversation, and each that is passed over.
  ['messages', 10 + 1 + 250, 10],
  // No text has media: a page to read is written for each, and the time is asked for behind it once more.
  ['mediaObjects', 2 * (10 + 1) + 250, 10 + 1],
  // In the end pages that list them, a hundred each.
  ['conversations', 2 + 250 + 3, 2 + 3],
] as const)(
  '%s of a large account stop %i times, and %i of these have something to write',
  async (store, all, written) => {
    const chunks = await chunksOf(exporterOf(largeAccount(), store));
    expect(chunks).toHaveLength(all);
    expect(chunks.filter(({ file }) => file !== undefined)).toHaveLength(written);
  },
);

test.each(['messages', 'mediaObjects', 'conversations'] as const)(
  '%s go on behind any place and come to the same end',
  async (store) => {
    const world = exportWorld();
    world.talk('d-ab', ['alice', 'bob'], texts(250));
    world.talk('d-ac', ['alice', 'carol'], texts(150));
    const exporter = exporterOf(world, store);
    const all = (await chunksOf(exporter)).map(({ after }) => after);
    for (const [index, place] of all.entries()) {
      const rest = (await chunksOf(exporter, place)).map(({ after }) => after);
      expect(rest).toEqual(all.slice(index + 1));
    }
  },
);

test('with time for one chunk at a time an export of texts comes to its end, a zip for each', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1_000));
  world.state.isOver = () => true;
  await ask(world);
  await work(world, 100);
  expect(world.state.record).toMatchObject({ state: 'ready' });
  expect(exportedTexts(world, 'd-ab')).toEqual(texts(1_000));
  // 10 pages of texts, written for programs, to be read, and looked at for media; the conversation and the list of it;
  // consents, connections and requests; the end.
  expect(world.objects.size).toBe(3 * 10 + 2 + 3 + 1);
});

test.each([
  ['bytes', 2_000_000_000, 500_000_000, 4],
  ['files', 50_000, 1, 50_000],
])('a zip ends at its most %s: %i', async (_what, _most, bytes, chunks) => {
  const world = exportWorld();
  let written = 0;
  async function* endless(): AsyncIterable<Chunk> {
    for (let n = 0; ; written = ++n) yield { file: `${n}`, data: [], after: `${n}` };
  }
  const zip = { write: async (name: string) => (name === 'about.json' ? 0 : bytes) };
  await ask(world);
  const { record } = world.state;
  if (record === undefined) throw new Error('no export');
  const exporters = { ...world.writeDeps.exporters, messages: endless };
  const end = await writeZip(zip, record, { exporters, until: exported.until, isOver: () => false });
  expect(written).toBe(chunks - 1);
  expect(end.place).toEqual({ store: 'messages', after: `${chunks - 1}` });
});

test('a page that was cut ends where it has said that the next one begins, whatever has gone from it meanwhile', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(250));
  const exporter = exporterOf(world, 'mediaObjects');
  const all = await chunksOf(exporter);
  expect(all[0]).toMatchObject({ file: 'messages/d-ab/1.html', after: 'd-ab 0 0 100' });
  world.messages.set('d-ab', (world.messages.get('d-ab') ?? []).slice(5));
  expect((await chunksOf(exporter, all[0]?.after)).map(({ after }) => after)).toEqual(
    all.slice(1).map(({ after }) => after),
  );
});
