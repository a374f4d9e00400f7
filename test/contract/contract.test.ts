import { actions, pushes } from '../../shared/protocol/table.ts';
import { startLocalDeployment } from './local-deployment.ts';
import { met } from './met.ts';
import { suite } from './suite.ts';

let deployment: Awaited<ReturnType<typeof startLocalDeployment>>;
beforeAll(async () => {
  deployment = await startLocalDeployment();
});
afterAll(() => deployment?.close());

describe.each(suite)('$title', ({ checks }) => {
  test.each(checks)('%s', (_name, run) => run(deployment));
});

/** Nobody who asks from outside can have it come: what reaches a room reaches whoever watches. */
const unasked = ['behind'];

test('every action of the protocol has been acked by then, and every push has come', () => {
  expect(Object.keys(actions).filter((name) => !met.actions.has(name))).toEqual([]);
  const asked = Object.keys(pushes).filter((name) => !unasked.includes(name));
  expect(asked.filter((name) => !met.pushes.has(name))).toEqual([]);
});
