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
        'if (page.reached === undefined && from !== undefined) return;',
        '',
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
    'shared/export/tend-exports.ts',
    [`${tests}/tend-exports.test.ts`],
    [
      [
        'what one run cannot delete nobody hears of',
        'if (failures.length > 0)',
        'if (failures.length > requests.length)',
      ],
    ],
  ),
];
