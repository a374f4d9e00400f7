/** The direction of dependencies: infra/local -> infra -> shared/runtime/env; functions -> shared; shared is a leaf. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides who decides.', {}, { circular: true }),
    rule(
      'shared-is-a-leaf',
      'Shared knows nobody above it.',
      { path: '^shared/' },
      { path: '^(infra|functions|client|test|bench)/' },
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
      { path: '^(infra|client|test|bench)/' },
    ),
    rule(
      'infra-knows-no-handlers',
      'Infra names a handler by its folder.',
      { path: '^infra/' },
      { path: '^functions/' },
    ),
    rule(
      'infra-takes-rules-not-stores',
      'The template is made from names, limits and rules, never from a store or a use case.',
      { path: '^infra/', pathNot: '^infra/local/' },
      {
        path: '^shared/',
        pathNot:
          '^shared/(runtime/(env|metrics)|consent/(minimum-age|jurisdictions)|erasure/erasure-target|configuration/|protocol/)',
      },
    ),
    rule(
      'what-the-server-says-is-not-bundled',
      'The schemas of replies and pushes are for the documentation and the tests; what runs takes their types.',
      { path: '^(functions|client|shared)/', pathNot: '^shared/protocol/(server/|actions\\.ts$)' },
      { path: '^shared/protocol/(server/|actions\\.ts$)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'only-stores-and-gateways-touch-aws',
      'A use case sees stores and gateways by their types.',
      { path: '^shared/', pathNot: '(-store|-gateway|-queue|aws-clients)\\.ts$' },
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
      { path: '^(shared/(?!protocol/)|infra|functions|test|bench)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(cdk\\.out|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
