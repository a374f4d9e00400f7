import { startLocalDeployment } from './local-deployment.ts';
import { suite } from './suite.ts';

let deployment: Awaited<ReturnType<typeof startLocalDeployment>>;
beforeAll(async () => {
  deployment = await startLocalDeployment();
});
afterAll(() => deployment?.close());

describe.each(suite)('$title', ({ checks }) => {
  test.each(checks)('%s', (_name, run) => run(deployment));
});
