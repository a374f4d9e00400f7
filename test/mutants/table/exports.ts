import { type Mutant, mutantsOf } from '../mutant.ts';

const tests = 'test/shared/export';

export const exportMutants: readonly Mutant[] = [
  ...mutantsOf(
    'shared/export/export-media.ts',
    [`${tests}/slices.test.ts`],
    [['texts without media are read without a look at the time', 'yield { after: page.after };', '']],
  ),
  ...mutantsOf(
    'shared/export/export-messages.ts',
    [`${tests}/slices.test.ts`],
    [
      [
        'a zip begins with the page that ended the one before, for ever',
        "const reached = next ?? 'end';",
        'const reached = next ?? last;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/export/write-zip.ts',
    [`${tests}/slices.test.ts`],
    [
      ['a zip has as many bytes as there are', 'bytes >= mostBytes ||', ''],
      ['a zip has as many files as there are', '|| files.size >= mostFiles)', ')'],
    ],
  ),
  ...mutantsOf(
    'shared/export/pages/html.ts',
    [`${tests}/pages/pages.test.ts`],
    [['what people write is HTML', 'return escaped(String(value));', 'return String(value);']],
  ),
  ...mutantsOf(
    'shared/export/pages/message-page.ts',
    [`${tests}/pages/pages.test.ts`],
    [
      ['a file that runs is linked', 'active.test(file)', 'active.test(address) && seq === 0'],
      ['media is looked for beside the page', "const root = '../../';", "const root = '';"],
    ],
  ),
  ...mutantsOf(
    'shared/export/pages/page-frame.ts',
    [`${tests}/pages/opened-zip.test.ts`],
    [['the policy forbids the style', "createHash('sha256')", "createHash('sha384')"]],
  ),
  ...mutantsOf(
    'shared/export/export-media.ts',
    [`${tests}/pages/pages.test.ts`, `${tests}/slices.test.ts`],
    [
      ['a page that was cut is written once more', 'if (written === undefined) yield*', 'yield*'],
      [
        'a page lies in the folder of its zip',
        'isWhole: true,\n    data: [messagePage',
        'data: [messagePage',
      ],
      ['a page that was cut goes further than it said', 'Number(reached);\n    let', 'undefined;\n    let'],
    ],
  ),
  ...mutantsOf(
    'shared/export/tend-exports.ts',
    [`${tests}/tend-exports.test.ts`],
    [
      [
        'what one run cannot delete nobody hears of',
        'if (failures.length > 0)',
        'if (failures.length > 1_000)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/export/revoke-exports.ts',
    [`${tests}/revoke-exports.test.ts`],
    [
      [
        'a zip that can be fetched stays',
        "if (request.state === 'ready') return void (await removeExport(deps, request));",
        "if (request.state === 'ready') return;",
      ],
      [
        'the zips of those who share nothing go too',
        'if (members.has(request.userId)) await revoke(deps, request);',
        'await revoke(deps, request);',
      ],
      ['it begins anew for each conversation', '}, quietSeconds);', '});'],
      [
        'a finished zip stays when the rest begins anew',
        'for (const key of zipKeys(request)) await deps.files.remove(key);',
        '',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/privacy/export-file-keys.ts',
    [`${tests}/revoke-exports.test.ts`],
    [
      [
        'who was overtaken removes the zip of the other',
        '`${zipPrefix(request)}${part}-${writing}.zip`',
        '`${zipPrefix(request)}${part}-${writing.length < 0}.zip`',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/export/remove-export.ts',
    [`${tests}/export-crashes.test.ts`],
    [['what was finished and not noted stays', 'await files.remove(upload.key);', '']],
  ),
  ...mutantsOf(
    'shared/stores/privacy/export-store.ts',
    ['test/shared/stores/privacy/export-store.test.ts'],
    [
      [
        'an export that got on is removed',
        'AND parts = :parts AND ${ifTakenBy(seen)}`,\n            ExpressionAttributeValues',
        '`,\n            ExpressionAttributeValues',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-exports.ts',
    ['test/shared/erasure/erase-exports.test.ts'],
    [
      ["somebody learns of others' exports", 'return emptyTally;', 'return { ...emptyTally, deleted: 1 };'],
      ['the zips of others are of no concern', 'await revokeExports(ids);', ''],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/recheck.ts',
    ['test/shared/erasure/recheck.test.ts'],
    [['what came late stays in zips', 'await deps.revokeExports([conversationId]);', '']],
  ),
  ...mutantsOf(
    'shared/erasure/receipt.ts',
    ['test/shared/erasure/receipt.test.ts'],
    [
      ['proof ends to the second', 'options.proofSeconds + proofLagSeconds', 'options.proofSeconds'],
      [
        'what a dead function left has no end',
        '...(strayedSeconds !== undefined && { until: after(strayedSeconds) }),',
        '',
      ],
    ],
  ),
];
