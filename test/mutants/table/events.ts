import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/events/publish-events.model.test.ts'];
const facts = ['test/shared/events/events-of.test.ts'];

/** What the operator's bus is told: all of it, under one id each, and nothing that has ended. */
export const events: readonly Mutant[] = [
  ...mutantsOf('shared/events/event-id.ts', model, [
    [
      'an event comes twice under two ids',
      'JSON.stringify(parts)',
      'JSON.stringify([...parts, Math.random()])',
    ],
  ]),
  ...mutantsOf('shared/events/publish-events.ts', model, [
    ['what the bus refused is lost', 'if (first !== undefined) return call[first]?.sequenceNumber;', ''],
    ['a call is too long', 'call.length === mostEntries', 'call.length > mostEntries'],
  ]),
  ...mutantsOf('shared/events/event-bus-gateway.ts', model, [
    [
      'an answer that says nothing has taken it',
      'return result === undefined || result.ErrorCode !== undefined;',
      'return result?.ErrorCode !== undefined;',
    ],
  ]),
  ...mutantsOf('shared/events/message-events.ts', facts, [
    ['what was taken back is told', ' || stored.header.recalledAt !== undefined) return', ') return'],
    ['what has ended is told', 'isReadable(stored.header, told.retention) ? stored : undefined', 'stored'],
    ['content is told unasked', '...(told?.content === true && { content }),', '...{ content },'],
    ['an earlier edit says what a later one says', 'message?.rev === rev;', 'message !== undefined;'],
  ]),
  ...mutantsOf('shared/stores/facts/fact-of.ts', facts, [
    [
      'what a hold keeps is told of',
      "if (/#/.test(String(keys['conversationId'] ?? keys['userId']))) return undefined;",
      '',
    ],
  ]),
];
