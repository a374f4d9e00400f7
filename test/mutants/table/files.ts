import { type Mutant, mutantsOf } from '../mutant.ts';

const processing = 'shared/media/processing';
const tests = 'test/shared/media/processing';

/** What a file tells of its sender: each put back. */
export const files: readonly Mutant[] = [
  ...mutantsOf(
    `${processing}/cleaning/clean-iso.ts`,
    [`${tests}/cases.test.ts`, `${tests}/canaries.test.ts`],
    [
      ['an unknown box stays', '!keptBoxes.has(box.type) ||', ''],
      [
        'what no sample covers stays',
        "else if (box.type === 'mdat') zeroOutside(",
        "else if (box.type === 'skip') zeroOutside(",
      ],
    ],
  ),
  ...mutantsOf(
    `${processing}/cleaning/mp4-boxes.ts`,
    [`${tests}/outside-readers.test.ts`],
    [['when a track was made stays', 'mdhd: forgetTimes,', '']],
  ),
  ...mutantsOf(
    `${processing}/cleaning/mp4-tracks.ts`,
    [`${tests}/cases.test.ts`, `${tests}/recordings.test.ts`],
    [['a track of any handler stays', 'handlers.has(handlerOf(bytes, track)) &&', '']],
  ),
  ...mutantsOf(
    `${processing}/cleaning/matroska-tracks.ts`,
    [`${tests}/canaries.test.ts`],
    [['subtitles stay in Matroska', '[film, sound].includes(', '[film, sound, 17].includes(']],
  ),
  ...mutantsOf(
    `${processing}/file/file-type.ts`,
    [`${tests}/cases.test.ts`, `${tests}/files.test.ts`],
    [
      [
        'a name of three letters is believed',
        'refuseUnless(!isDangerous(name));',
        'refuseUnless(name === anything);',
      ],
      ['text is taken for a picture', 'Object.keys(formatOf(name)?.contentTypes ?? {}).length > 0', 'false'],
    ],
  ),
  ...mutantsOf(
    `${processing}/track/container-type.ts`,
    [`${tests}/recordings.test.ts`],
    [
      [
        'H.264 in Matroska is a WebM',
        'tracks.every(({ codec }) => webmCodecs.has(codec))',
        'tracks.length > 0',
      ],
    ],
  ),
  ...mutantsOf(
    `${processing}/document/clean-pdf.ts`,
    [`${tests}/documents.test.ts`],
    [
      ['what is signed is changed', 'if (isSigned(objects)) return undefined;', ''],
      ['what was deleted from a PDF stays', "'--remove-info', ", ''],
    ],
  ),
  ...mutantsOf(
    `${processing}/document/clean-office.ts`,
    [`${tests}/documents.test.ts`],
    [['previews stay', '!rules.isDropped(name)', 'name.length > 0']],
  ),
  ...mutantsOf(
    `${processing}/svg/svg-edits.ts`,
    [`${tests}/svg.test.ts`],
    [
      ['comments stay', "if (kind === 'goes') edit(from, at, '');", ''],
      ['elements of an editor stay', 'dropping === undefined && !names.isDrawn(name);', 'false;'],
      [
        'names of a document type are left where it is gone',
        'else if (address === undefined) keep(value, to - 1);',
        '',
      ],
    ],
  ),
  ...mutantsOf(
    `${processing}/svg/svg-names.ts`,
    [`${tests}/svg.test.ts`],
    [
      ['a folder stays', ' && !path.test(value)', ''],
      ['what has ended is still declared', 'this.bound.get(prefix)?.pop();', ''],
      ['metadata stays', " && local !== 'metadata'", ''],
    ],
  ),
  ...mutantsOf(
    `${processing}/svg/clean-svg.ts`,
    [`${tests}/svg.test.ts`],
    [
      ['a packed one stays as it is', 'bytes.readUInt16BE(0) === 0x1f8b', 'bytes.length === 0'],
      ['what is cleaned grows', 'refuseUnless(clean.length <= source.length);', ''],
    ],
  ),
];
