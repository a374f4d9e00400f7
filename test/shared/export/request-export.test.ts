import { tendExports } from '../../../shared/export/tend-exports.ts';
import { zipLifeMillis } from '../../../shared/stores/privacy/export-request.ts';
import { ask, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

test('a user gets the same export as long as there is one, then a new one', async () => {
  const world = exportWorld();
  world.talk('d-ab', ['alice', 'bob'], texts(1));
  const asked = await ask(world);
  expect(await ask(world)).toEqual(asked);
  expect(world.jobs).toHaveLength(1);
  await work(world);
  const { requestId } = asked;
  const [key] = world.objects.keys();
  expect(key).toMatch(new RegExp(`^${requestId}/1-.+\\.zip$`));
  const url = `https://files/${key}?for=900`;
  expect(await ask(world)).toEqual({ requestId, state: 'ready', url, expiresAt: 1_800_000_900, parts: 1 });
  world.state.now += zipLifeMillis - 60_000;
  expect(await ask(world)).toMatchObject({ url: expect.stringContaining('?for=60') });
  world.state.now += 60_000;
  await expect(ask(world)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await tendExports({
    ...world.writeDeps,
    exports: world.exports,
    metrics: { put: () => undefined },
  });
  expect(world.objects.size).toBe(0);
  expect(await ask(world)).toMatchObject({ state: 'accepted' });
});
