import { type Mutant, mutantsOf } from '../mutant.ts';

const who = ['test/shared/notifications/notify-members.model.test.ts'];
const tokens = ['test/shared/notifications/push-tokens.model.test.ts'];

/** Who is notified of what, and to whose devices it goes. */
export const notifications: readonly Mutant[] = [
  ...mutantsOf('shared/notifications/who-is-notified.ts', who, [
    ['who mutes is notified', 'mutedUntil <= now &&', ''],
    ['who came later is notified', 'joinedSeq < seq &&', ''],
    ['who has read it is notified', 'readSeq < seq &&', ''],
    ['who is connected is notified', '!connected.has(userId) && ', ''],
    ['who has withdrawn is notified', 'agreed[index] === true && ', ''],
    ['who blocks its author is notified', ' && !blockers.has(userId));', ');'],
  ]),
  ...mutantsOf('shared/notifications/due-message.ts', who, [
    ['what was taken back is told of', ' || stored.header.recalledAt !== undefined) return', ') return'],
    ['what has ended is told of', 'if (!isReadable(stored.header, ruling)) return undefined;', ''],
  ]),
  ...mutantsOf('shared/notifications/notify-members.ts', who, [
    [
      'what the bus refused is lost',
      "if (left.length > 0) throw new Error('the bus has not taken all');",
      '',
    ],
    [
      'what is left when time is over is lost',
      'return deps.jobs.add({ conversationId, seq, after: before }, 0, conversationId);',
      'return;',
    ],
  ]),
  ...mutantsOf('shared/notifications/notification-event.ts', who, [
    [
      'one notification has two ids',
      'seq, userId),\n      version',
      'seq, userId, Math.random()),\n      version',
    ],
  ]),
  ...mutantsOf('shared/notifications/register-push-token.ts', tokens, [
    [
      'a token stays with whoever had it',
      '...(await withoutIt(tokens, bound?.boundTo, userId, tokenId))',
      '',
    ],
    [
      'who has withdrawn registers a device',
      "if (line === undefined || consentState(line, policy) !== 'granted')",
      'if (line === undefined)',
    ],
    ['one device too many', '-mostPushDevices,', '-mostPushDevices - 1,'],
  ]),
];
