import { exportLink } from '../../../shared/export/export-link.ts';
import { requestExport } from '../../../shared/export/request-export.ts';
import { zipLifeMillis } from '../../../shared/stores/privacy/export-request.ts';
import { epochMillis, epochSeconds } from '../../../shared/time.ts';
import { ask, texts, work } from '../../support/export-acts.ts';
import { exportWorld, weekSeconds } from '../../support/export-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const hour = 3_600_000;

const linkDeps = ({ files }: ReturnType<typeof exportWorld>, at: number, retentionSeconds = weekSeconds) => {
  const now = () => epochMillis(at);
  return { files, now, retention: steadyRetention(retentionSeconds, now) };
};

/** An export of two zips; the first has a message that ends so long after its writing began. */
async function twoZips(firstEnds: number) {
  const world = exportWorld();
  const begun = world.state.now;
  world.talk('d-ab', ['alice', 'bob'], texts(150));
  const [first, ...others] = world.messages.get('d-ab') ?? [];
  if (first === undefined) throw new Error('no message');
  world.messages.set('d-ab', [{ ...first, expiresAt: epochSeconds(begun + firstEnds) }, ...others]);
  let slices = 0;
  // The second zip is begun when the first one has taken an hour.
  world.state.isOver = () => {
    const { record } = world.state;
    if (record?.parts !== 0 || ++slices % 2 === 1) return false;
    world.state.now = begun + hour;
    return true;
  };
  world.connect('phone');
  await ask(world);
  await work(world);
  return { world, begun };
}

test('a zip is not handed out once the first message in it has ended, and its address ends by then', async () => {
  const { world, begun } = await twoZips(hour + 60_000);
  const request = world.state.record;
  if (request === undefined) throw new Error('no export');
  expect(request).toMatchObject({ state: 'ready', readableUntil: begun + hour + zipLifeMillis });
  expect(request.parts).toBeGreaterThan(1);
  expect(world.pushed).toHaveLength(1);
  const end = epochSeconds(begun + hour + 60_000);
  const link = async (part: number, at: number) => exportLink(linkDeps(world, at), request, part);
  expect(await link(1, begun + hour)).toMatchObject({ expiresAt: end });
  expect(await link(1, end * 1000 - 1_000)).toMatchObject({ expiresAt: end });
  expect(await link(1, end * 1000)).toBeUndefined();
  expect(await link(request.parts, end * 1000)).toMatchObject({ expiresAt: end + 900 });
  world.state.now = end * 1000;
  const again = requestExport(world.requestDeps, 'alice', 'user', 1);
  await expect(again).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await expect(requestExport(world.requestDeps, 'alice', 'user', request.parts)).resolves.toMatchObject({
    state: 'ready',
  });
});

test('nobody is told of a zip in which a message has ended while the rest was written', async () => {
  const { world } = await twoZips(hour - 60_000);
  expect(world.state.record).toMatchObject({ state: 'ready' });
  expect(world.pushed).toEqual([]);
  const asked = requestExport(world.requestDeps, 'alice', 'user', 1);
  await expect(asked).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('an export of an earlier release, which notes no ends, is handed out as it was', async () => {
  const { world, begun } = await twoZips(8 * hour);
  const { partEnds: _none, partStarts: _neither, ...earlier } = world.state.record ?? ({} as never);
  expect(await exportLink(linkDeps(world, begun + hour), earlier, 1)).toBeDefined();
});

test('a policy that has become shorter ends a zip when it ends the first message in it', async () => {
  const { world, begun } = await twoZips(8 * hour);
  const request = world.state.record;
  if (request === undefined) throw new Error('no export');
  const sentAt = world.messages.get('d-ab')?.[0]?.sentAt;
  expect(request.partStarts?.[0]).toBe(sentAt);
  const link = async (seconds: number) => exportLink(linkDeps(world, begun + hour, seconds), request, 1);
  expect(await link(3_600)).toBeUndefined();
  expect(await link(3_660)).toMatchObject({ expiresAt: epochSeconds(begun) + 3_660 });
});
