import { type Mutant, mutantsOf } from '../mutant.ts';

const lapTests = ['test/shared/retention/purge-expired.test.ts'];
const placeTests = ['test/shared/retention/purge-place.test.ts'];
const memoryTests = ['test/shared/retention/retention-memory.model.test.ts'];

/** What has ended stays ended. */
export const retention: readonly Mutant[] = [
  ...mutantsOf(
    'shared/stores/expiry/retention.ts',
    ['test/shared/stores/expiry/retention.test.ts', 'test/shared/stores/messages/message.test.ts'],
    [
      [
        'a longer retention brings back what had ended',
        'return ends.find((end) => end !== undefined) as EpochSeconds;',
        'return ends.at(-1) as EpochSeconds;',
      ],
      [
        'what the oldest periods had ended is forgotten',
        'epochMillis(Math.max(ended, (second.from - over.retentionSeconds) * 1000))',
        'ended',
      ],
      ['a period ends things after it is over', 'Math.min(by + 1, endOf(periods, index))', 'by + 1'],
    ],
  ),
  ...mutantsOf(
    'shared/messages/notice-retention.ts',
    ['test/shared/messages/notice-retention.test.ts'],
    [
      [
        'nobody tells of a longer one',
        'if (lastExpiresAt !==',
        'if (lastExpiresAt !== lastExpiresAt && lastExpiresAt !==',
      ],
      [
        'every message asks',
        'if (lastExpiresAt !== expiryOf(lastSentAt as EpochMillis, seconds)) await',
        'if (seconds > 0) await',
      ],
      ['that of the conversation is forgotten', 'retentionOf(deps, own)', 'retentionOf(deps, undefined)'],
    ],
  ),
  ...mutantsOf('shared/retention/purge-expired.ts', lapTests, [
    [
      'every run begins with the oldest',
      'await deps.runs.lap();',
      'await deps.runs.lap().then(() => undefined);',
    ],
    ['a run that dies leaves no place', 'deps.runs.saveLap(lap.place(), expiresAt)', 'undefined'],
    [
      'what was taken and not begun waits for another lap',
      'first.shift() ??',
      '(isOver() ? undefined : first.shift()) ??',
    ],
    [
      'what is not done with waits for the next run',
      'if (!purged.finished) again',
      'if (!purged.finished && isOver()) again',
    ],
  ]),
  ...mutantsOf(
    'shared/retention/purge-lap.ts',
    ['test/shared/retention/purge-lap.test.ts'],
    [
      [
        'each sweeper goes around everything',
        'shards.flatMap(',
        "['0', '1', '2', '3', '4', '5', '6', '7'].flatMap(",
      ],
      ['what ended last goes first', 'one.end - other.end', 'other.end - one.end'],
      ['who is in both lists has two turns', 'if (!handedOut.has(due.conversationId))', ''],
      [
        'the oldest message counts as an end',
        "lane.by === 'nextPurgeAt' ? bound :",
        'lane.by !== undefined ? bound :',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/privacy/sweeper.ts',
    ['test/shared/stores/privacy/sweeper.test.ts'],
    [['a shard is nobody’s', '=== sweeper - 1', '=== sweeper']],
  ),
  ...mutantsOf(
    'shared/retention/purge-status.ts',
    ['test/shared/retention/purge-status.test.ts'],
    [['who runs often hides who does not', 'count <= runsOfEach', 'shown.size <= 1']],
  ),
  ...mutantsOf(
    'shared/retention/turn.ts',
    ['test/shared/retention/turn.test.ts'],
    [
      ['a turn may be over before it began', 'asked > 1 && isRunOver()', 'isRunOver()'],
      ['a turn has no end', 'asked > pages ||', 'asked > Infinity ||'],
    ],
  ),
  ...mutantsOf('shared/retention/purge-walk.ts', placeTests, [
    ['an old place is gone on from', 'place.revision !== purgeRevision ||', ''],
    ['what was read whole is never read again', 'place.finished && isDue(', '!place.finished && isDue('],
    [
      'bounds of earlier turns are lost',
      'kept: { ...kept, mixedUntil: Math',
      'kept: { ...nothingKept, mixedUntil: Math',
    ],
  ]),
  ...mutantsOf('shared/retention/next-mark.ts', placeTests, [
    [
      'what has no order is read whole by every run',
      '...(isMixed && whole && {',
      '...(!isMixed && whole && {',
    ],
    ['a run that is cut short begins anew', 'place: { after, whole, kept, finished } };', '};'],
  ]),
  ...mutantsOf(
    'shared/retention/purge-conversation.ts',
    ['test/shared/holds/release.test.ts'],
    [
      [
        'what is behind what a hold keeps is forgotten',
        'staying.every((each) => isHeld(each) || isExpired(each))',
        'staying.every(isExpired)',
      ],
    ],
  ),
  ...mutantsOf('shared/retention/retention-memory.ts', memoryTests, [
    ['a change takes effect while others go by what they read', '(at + leadMillis) / 1000', 'at / 1000'],
    ['what was read is used for as long as it is there', 'at - known.readAt <= freshMillis', 'true'],
    [
      'two changes lie ahead',
      'last.retentionSeconds === retentionSeconds || last.from * 1000 > at',
      'last.retentionSeconds === retentionSeconds',
    ],
    ['nobody waits for the shorter one', 'if (!waits) return known;', 'return known;'],
  ]),
  ...mutantsOf(
    'shared/stores/privacy/retention-store.ts',
    ['test/shared/stores/privacy/retention-store.test.ts'],
    [
      ['of two that change it the last one wins', '...ifUnchanged(before) }', '}'],
      ['the revision stays', '(before?.revision ?? 0) + 1', '1'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/dynamodb/time-to-live.ts',
    ['test/shared/stores/messages/message-store.test.ts', 'test/shared/stores/dynamodb/dynamodb.test.ts'],
    [
      ['reads go by the time to live', "endsAt ?? item['expiresAt']", "item['expiresAt']"],
      ['time to live takes it at its end', '(item.expiresAt + marginSeconds)', 'item.expiresAt'],
      [
        'what was held for long is never deleted',
        "'heldExpiresAt > :oldest'",
        "'heldExpiresAt > :oldest OR heldExpiresAt <= :oldest'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/messages/message-store.ts',
    ['test/shared/stores/messages/message-store.test.ts'],
    [
      [
        'what is released is time to live’s at once',
        'Math.max(end, epochSeconds(at)) + marginSeconds',
        'end + marginSeconds',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/sends/send-store.ts',
    ['test/shared/stores/sends/send-store.test.ts'],
    [['the record of a send goes first', 'recordEnd(record) + outlivesBySeconds', 'recordEnd(record)']],
  ),
  ...mutantsOf(
    'shared/media/sweep-uploads.ts',
    ['test/shared/media/media-crashes.test.ts'],
    [['nobody looks a second time', 'if (!isKept) return', 'if (isKept) return']],
  ),
  ...mutantsOf(
    'shared/stores/media/media-store.ts',
    ['test/shared/stores/media/media-store.test.ts'],
    [
      [
        'an upload that is kept is never due',
        'expiresAt = :expiresAt REMOVE uploader',
        'expiresAt = :expiresAt REMOVE uploader, sweepIndex',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/first-sent-since.ts',
    ['test/shared/messages/history-cost.test.ts'],
    [
      ['it goes through one by one', 'Math.floor((low + high) / 2)', 'low'],
      ['it stops before the first', 'high = middle;', 'high = middle - 1;'],
      [
        'a shorter retention of its own is forgotten',
        'if (ownSeconds === undefined) return byPolicy;',
        'if (ownSeconds !== undefined) return byPolicy;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/read-history.ts',
    ['test/shared/messages/history-cost.test.ts'],
    [
      [
        'a page walks through all that has ended',
        'const from = pages > 1 ? (await floor) - 1 :',
        'const from = pages > 1 ? Math.min(0, await floor) :',
      ],
      [
        'the first is looked for from the beginning',
        'let after = floor - 1;',
        'let after = Math.min(0, floor);',
      ],
      [
        'what is erased is passed over in one call',
        'if (pages === mostPages)\n      return',
        'if (pages < 0)\n      return',
      ],
    ],
  ),
];
