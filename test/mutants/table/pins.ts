import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/pins/pins.model.test.ts'];

/** What stands above a conversation: never one too many, and nothing that outlives its message. */
export const pins: readonly Mutant[] = [
  ...mutantsOf('shared/pins/pins-left.ts', model, [
    ['a pin outlives its message', 'message.pinnedAt !== undefined &&', ''],
  ]),
  ...mutantsOf('shared/pins/pin-message.ts', model, [
    ['one too many', 'left.length >= deps.mostPins', 'left.length > deps.mostPins'],
    [
      'what has gone keeps its place',
      'if (left.length >= deps.mostPins)',
      'if (others.length >= deps.mostPins)',
    ],
    [
      'what is so already is written again',
      'if (on === (message.pinnedAt !== undefined)) return undefined;',
      '',
    ],
    ['everybody pins', '|| !mayPin(conversation, userId, deps.pinsInGroups)', ''],
    ['an event is pinned', "message.content.type === 'event'", "message.content.type === 'recalled'"],
    ['what was told of is not told again', 'isUnchanged !== true ||', 'isUnchanged !== true && !isRepeat ||'],
  ]),
  ...mutantsOf('shared/pins/read-pins.ts', model, [
    ['a page begins where the last one ended', 'rev < before', 'rev <= before'],
    ['the oldest pin comes first', '.toReversed()', ''],
    ['a frame has no bound', 'bytes > pageBytes && messages.length > 0', 'bytes < 0'],
  ]),
  ...mutantsOf('shared/messages/recall-message.ts', model, [
    ['what is taken back stays pinned', ", 'pinnedAt', 'forwarded']", ", 'forwarded']"],
  ]),
];
