import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/media/forward.model.test.ts'];
const store = ['test/shared/stores/media/media-store.test.ts'];
const wholeSystem = ['test/e2e/forward-media.test.ts'];

/** Forwarded media: one object, which nobody is shown behind its origin, and which a hold keeps. */
export const forwards: readonly Mutant[] = [
  ...mutantsOf('shared/stores/media/locate-media.ts', model, [
    [
      'a forwarded picture outlives',
      'if (origin === undefined || !isShown(origin))',
      'if (origin === undefined)',
    ],
  ]),
  ...mutantsOf('shared/media/forward-media.ts', model, [
    ['a forward ends by its own clock', 'mediaId, media }, endsBy };', 'mediaId, media } };'],
  ]),
  ...mutantsOf('shared/media/forward-media.ts', wholeSystem, [
    [
      'what was made of the picture stays in a forward',
      'const { placeholder: _picture, waveform: _sound, ...media } = origin.media;',
      'const media = origin.media;',
    ],
    [
      'a forward leads to a forward',
      'if (of === undefined) return { mediaId, sentAt, expiresAt };',
      'return { mediaId, sentAt, expiresAt };',
    ],
  ]),
  ...mutantsOf('shared/stores/media/remove-media.ts', model, [
    [
      'a hold on a forward keeps nothing',
      "if (record !== undefined && isKeptForForwards(record)) return 'kept';",
      '',
    ],
    ['what only a hold has kept stays for ever', 'await objects.remove(origin);', ''],
  ]),
  ...mutantsOf('shared/stores/media/hold-media.ts', model, [
    [
      'a forward that was there before its hold is not counted',
      'await media.holdForward({ ...record, of });',
      '',
    ],
  ]),
  ...mutantsOf('shared/stores/media/forward-store.ts', store, [
    [
      'a forward is counted twice',
      "'attribute_exists(mediaId) AND attribute_not_exists(isHeld)'",
      "'attribute_exists(mediaId)'",
    ],
    [
      'what has ended is held',
      '`(${isNotCancelled} OR heldForwards > :none)`',
      "'attribute_exists(mediaId)'",
    ],
    ['what was never counted is taken off', "ConditionExpression: 'attribute_exists(isHeld)',", ''],
  ]),
  ...mutantsOf('shared/messages/recall-message.ts', wholeSystem, [
    [
      'a forward shows what its author has taken back under a hold',
      '...(isHeld && record !== undefined && { withdrawing: record.mediaId }),',
      '',
    ],
  ]),
];
