import { ask, texts, work } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

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
