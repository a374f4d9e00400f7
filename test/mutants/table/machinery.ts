import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the tests and the bundles themselves rest on. */
export const machinery: readonly Mutant[] = [
  ...mutantsOf(
    'infra/bundle.ts',
    ['test/infra/bundle.test.ts'],
    [
      [
        'http is imported, and fetch with it',
        "    alias: { http: nodeHttp, 'node:http': nodeHttp },\n",
        '    alias: { http: nodeHttp },\n',
      ],
    ],
  ),
  ...mutantsOf(
    'test/support/runner/own-modules.ts',
    ['test/support/runner/run-file.test.ts'],
    [
      ['test files share their modules', 'url: resolved.url + owned', 'url: resolved.url'],
      ['packages are never a file’s own', "files}${ownPackages ? withPackages : ''}", 'files}'],
    ],
  ),
  ...mutantsOf(
    'test/support/runner/run-file.ts',
    ['test/support/runner/run-file.test.ts'],
    [
      [
        'the environment is left to the next file',
        'process.env = { ...before.env }',
        'process.env = before.env',
      ],
    ],
  ),
  ...mutantsOf(
    'infra/local/queues/receive-batch.ts',
    ['test/infra/local/queues/deliver-queue.test.ts'],
    [
      ['an empty queue is asked again and again', 'WaitTimeSeconds: waitSeconds', 'WaitTimeSeconds: 0'],
      ['a poller that is stopped waits on', 'asked, signal);', 'asked);'],
    ],
  ),
];
