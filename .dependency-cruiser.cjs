/** The direction of dependencies: infra/local -> infra -> shared/runtime/environment; functions -> shared; shared is a leaf. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** From the ground up: what stands on one floor sees that floor and those below it (docs/architecture.md). */
const floors = [
  ['time\\.ts', 'configuration/'],
  ['protocol/'],
  ['runtime/'],
  ['stores/dynamodb/'],
  ['stores/'],
  ['listing/', 'push/', 'events/'],
  [
    'conversations/',
    'retention/',
    'holds/',
    'profiles/',
    'presence/',
    'settings/',
    'rate-limits/',
    'reach/',
    'safety/',
    'sensitive-data/',
    'content/',
  ],
  ['review/'],
  ['messages/', 'consent/', 'identity/', 'connections/'],
  ['rooms/', 'members/', 'export/', 'reports/', 'reactions/', 'notifications/'],
  ['pins/'],
  ['erasure/', 'media/', 'handlers/', 'imports/'],
  ['transient/'],
  ['composition/'],
];
const on = (rooms) => `^shared/(${rooms.join('|')})`;
const upwards = floors
  .slice(0, -1)
  .map((rooms, floor) =>
    rule(
      `floor-${floor}-looks-down`,
      'A floor of shared knows nothing of those above it.',
      { path: on(rooms) },
      { path: '^shared/', pathNot: on(floors.slice(0, floor + 1).flat()) },
    ),
  );

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides who decides.', {}, { circular: true }),
    ...upwards,
    rule(
      'every-room-has-a-floor',
      'A new folder of shared is given its floor in this file.',
      { path: '^shared/', pathNot: on(floors.flat()) },
      {},
    ),
    {
      ...rule(
        'no-mutual-folders',
        'Two folders that import each other are one.',
        { path: '^(shared|client|infra/local)' },
        { circular: true },
      ),
      scope: 'folder',
    },
    rule(
      'shared-is-a-leaf',
      'Shared knows nobody above it.',
      { path: '^shared/' },
      { path: '^(infra|functions|client|admin|test|bench|samples)/' },
    ),
    rule(
      'functions-are-islands',
      'One folder, one Lambda.',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
    ),
    rule(
      'functions-know-no-infra',
      'Handlers only wire shared code.',
      { path: '^functions/' },
      { path: '^(infra|client|admin|test|bench)/' },
    ),
    rule(
      'infra-knows-no-handlers',
      'Infra names a handler by its folder.',
      { path: '^infra/' },
      { path: '^(functions|client|admin)/' },
    ),
    rule(
      'infra-takes-rules-not-stores',
      'The template is made from names, limits and rules, never from a store or a use case.',
      { path: '^infra/', pathNot: '^infra/local/' },
      {
        path: '^shared/',
        pathNot:
          '^shared/(runtime/(environment|metrics)|consent/(minimum-age|jurisdictions)|configuration/|protocol/)',
      },
    ),
    rule(
      'what-the-server-says-is-not-bundled',
      'The schemas of replies and pushes are for the documentation and the tests; what runs takes their types.',
      {
        path: '^(functions|client|shared)/',
        pathNot: '^shared/protocol/.*(table|reply-values)\\.ts$',
      },
      {
        path: '^shared/protocol/.*(table|reply-values)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'clients-have-no-schemas',
      'An app that takes the client library gets no zod with it.',
      { path: '^(client/|shared/protocol/.*guards?\\.ts$)' },
      {
        path: '(node_modules/zod|^shared/protocol/.*(frames|values|-rules|-target)\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'only-stores-and-gateways-touch-aws',
      'A use case sees stores and gateways by their types.',
      {
        path: '^shared/',
        pathNot: '((-store|-gateway|-queue|aws-clients)\\.ts|^shared/stores/dynamodb/[^/]+)$',
      },
      { path: 'node_modules/@aws-sdk/' },
    ),
    rule(
      'local-is-dev-only',
      'Nothing that is deployed imports the local runtime.',
      { path: '^(functions|shared|client|infra/(?!local/))' },
      { path: '^infra/local/' },
    ),
    rule(
      'client-stands-alone',
      'The client library shares the wire shapes and nothing else.',
      { path: '^client/' },
      { path: '^(shared/(?!protocol/)|infra|functions|admin|test|bench)' },
    ),
    rule(
      'client-runs-anywhere',
      'The client library and the web chat run in browsers; the terminal client alone has Node.js.',
      { path: '^client/(?!terminal/)' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'deployed-code-needs-no-tools',
      'A development dependency is no part of what is deployed or handed to an app.',
      { path: '^(functions|shared|client/(?!terminal/))' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'only-tests-import-tests',
      'What runs must not need what tries it; the benchmarks measure on the corpus of the tests.',
      { pathNot: '^(test|bench)/' },
      { path: '^(test|bench)/' },
    ),
    rule(
      'packages-stand-alone',
      'What an app installs has nothing of this project in it; the client package is built from the client.',
      { path: '^packages/(?!lapse-client/build/)' },
      { pathNot: '^packages/' },
    ),
    rule(
      'samples-stand-alone',
      'A sample is copied into another project: it has nothing of this one in it.',
      { path: '^samples/' },
      { pathNot: '^(samples|node_modules)/' },
    ),
    rule('found', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The app that tries lapse-react is one of somebody else's: what it takes is installed beside it.
    exclude: { path: '^(cdk\\.out|dist|test/packages/lapse-react/app)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
