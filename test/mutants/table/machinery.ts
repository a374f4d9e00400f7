import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the tests and the bundles themselves rest on. */
export const machinery: readonly Mutant[] = [
  ...mutantsOf(
    'client/connection/reconnecting-session.ts',
    ['test/client/connection/connector.test.ts'],
    [
      [
        'what an earlier server said stays',
        'returnWithin(seconds = usualCapSeconds)',
        'returnWithin(seconds = capSeconds)',
      ],
    ],
  ),
  ...mutantsOf(
    'infra/configuration/limits.ts',
    ['test/infra/stacks/chat-settings.test.ts'],
    [['nobody comes for the first time', 'shareOfReturns = 0.8', 'shareOfReturns = 1']],
  ),
  ...mutantsOf(
    'infra/local/functions/function-instances.ts',
    ['test/infra/local/functions/function-pool.test.ts'],
    [
      [
        'a burst starts as many as it has events',
        'startMore(options.eagerInstances)',
        'startMore(options.maxInstances)',
      ],
      ['those that are stuck stay alone', "startMore(count('busy') + 1)", "startMore(count('busy'))"],
      ['no environment is left', 'environments.size === 1 || held', 'held'],
    ],
  ),
  ...mutantsOf(
    'infra/local/aws/header-signature.ts',
    ['test/infra/local/aws/header-signature.test.ts'],
    [
      ['the key of another region', '`${day}/${region}/${service}`', '`${day}/${service}`'],
      [
        'a query is left out',
        "kind !== 'header' || service === 's3' || !plainPath.test(url)",
        "kind !== 'header' || service === 's3'",
      ],
    ],
  ),
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
