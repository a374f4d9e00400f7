import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { policySettings } from './settings.ts';

/** Sending, pushing and pushing again, history, search, and how far somebody has got and read them. Answers the function that sends. */
export function addMessages(system: ChatSystem, processMedia: ChatFunction | undefined): ChatFunction {
  const { messages, conversations, handovers, privacy, retries } = system.data;

  const send = system.addAction('send', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'handoverSeconds',
      'purgeBoundSeconds',
      'sensitiveData',
      'nationalIdCountries',
      'reviewFunction',
      'reviewMillis',
      'groups',
    ],
  });
  grantSending(system, send);
  processMedia?.grantInvoke(send, 'processMediaFunction');
  if (messages !== undefined) {
    // What a forward shows; and whether a hold keeps it.
    system.data.media?.grant(send, 'GetItem', 'PutItem', 'UpdateItem');
    privacy.grantAskingForHolds(send);
  }
  if (handovers !== undefined) {
    handovers.grant(send, 'UpdateItem');
  }
  // The consent in one call with the sockets.
  system.data.consents.grant(send, 'BatchGetItem');
  system.addAlarm('FanOutFailures', {
    metric: system.metric({ name: 'FanOutFailures', statistic: 'Sum' }),
    above: 100,
    periods: 2,
    section: 'fan-out-failures',
    says: 'Many pushes could not be handed over to API Gateway',
  });
  addRetries(system);

  const history = system.addAction('history', {
    settings: ['messagesStored', 'messageRetentionSeconds'],
  });
  messages?.grant(history, 'Query');
  // What the reader has reacted with.
  if (messages !== undefined) system.data.personal.grant(history, 'Query');
  conversations.grant(history, 'GetItem', 'UpdateItem');
  system.grantWatching(history);
  const search = system.addAction('search', {
    settings: ['messagesStored', 'messageRetentionSeconds'],
  });
  messages?.grant(search, 'Query');
  conversations.grant(search, 'GetItem');
  system.grantWatching(search);
  if (messages !== undefined) for (const fn of [history, search]) privacy.grantRetention(fn, 'messages');

  // With what has become of messages since.
  messages?.grant(history, 'BatchGetItem');
  system.data.changes?.grant(history, 'Query');

  for (const mark of ['read', 'delivered']) {
    const fn = system.addAction(mark, { settings: ['messagesStored'] });
    messages?.grant(fn, 'Query');
    conversations.grant(fn, 'GetItem', 'Query', 'UpdateItem');
    system.grantPush(fn);
    retries?.grantSend(fn);
  }

  if (system.configuration.sensitiveData !== 'allow') addSensitiveDataAlarm(system);
  return send;
}

export type MessageChangeFunctions = {
  /** Undefined where no message is stored that could be edited. */
  readonly edit: ChatFunction | undefined;
  /** Those that tell rooms of it. */
  readonly telling: readonly ChatFunction[];
};

/** A message that says something else, or nothing any more. Answers the functions. */
export function addMessageChanges(system: ChatSystem): MessageChangeFunctions {
  const { messages, conversations, sends, changes, privacy, media, mediaObjects } = system.data;
  const edit = system.addAction('edit', {
    settings: [
      ...['messagesStored', 'messageRetentionSeconds', 'editSeconds'],
      ...['sensitiveData', 'nationalIdCountries', 'reviewFunction', 'reviewMillis'],
    ] as const,
  });
  const recall = system.addAction('recall', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'recallSeconds'],
  });
  if (messages === undefined || changes === undefined) return { edit: undefined, telling: [] };
  for (const fn of [edit, recall]) {
    messages.grant(fn, 'BatchGetItem', 'PutItem', 'UpdateItem');
    changes.grant(fn, 'Query', 'PutItem');
    conversations.grant(fn, 'GetItem', 'Query', 'UpdateItem');
    sends.grant(fn, 'GetItem', 'PutItem');
    privacy.grantRetention(fn, 'messages');
    privacy.grantAskingForHolds(fn);
    system.grantWatching(fn);
    system.grantPush(fn);
  }
  // Of who leads there, that they do so in the instant in which it is taken back.
  conversations.grant(recall, 'ConditionCheckItem');
  media?.grant(recall, 'GetItem', 'UpdateItem', 'DeleteItem');
  mediaObjects?.grant(recall, 'media/*', 'DeleteObject');
  return { edit, telling: [edit, recall] };
}

/** To number a message, to store it where messages are stored, and to push it. */
export function grantSending(system: ChatSystem, fn: ChatFunction): void {
  const { messages, conversations, personal, sends, consents, privacy, retries } = system.data;
  messages?.grant(fn, 'PutItem', 'Query');
  conversations.grant(fn, 'GetItem', 'Query', 'UpdateItem');
  // The first message of a day tells the lists of its people.
  personal.grant(fn, 'BatchWriteItem');
  sends.grant(fn, 'PutItem', 'UpdateItem');
  // Where nothing else says that it has been sent before.
  if (messages === undefined) sends.grant(fn, 'GetItem');
  // Whether the other one of a direct conversation takes part.
  consents.grant(fn, 'Query');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
  system.grantPush(fn);
  retries?.grantSend(fn);
}

function addSensitiveDataAlarm(system: ChatSystem): void {
  system.addAlarm('SensitiveData', {
    metric: system.metric({ name: 'SensitiveData', statistic: 'Sum', periodMinutes: 60 }),
    above: 20,
    section: 'sensitive-data',
    says: 'Many texts with sensitive data in one hour',
  });
}

/** Where messages are not stored there is nothing to read a push from again. */
function addRetries(system: ChatSystem): void {
  const { messages, conversations, privacy, retries } = system.data;
  if (retries === undefined) return;

  const retryPush = system.addFunction('retry-push', {
    settings: [...policySettings, 'messageRetentionSeconds'],
    timeoutSeconds: retries.timeoutSeconds,
  });
  messages?.grant(retryPush, 'Query');
  conversations.grant(retryPush, 'Query', 'UpdateItem');
  // Their settings, and the lists of those who are in a large group.
  system.data.personal.grant(retryPush, 'GetItem', 'BatchWriteItem');
  privacy.grantRetention(retryPush, 'messages');
  system.grantPush(retryPush);
  retries.deliverInBatches(retryPush);
  retries.grantSend(retryPush);

  system.addAlarm('RetryQueueDepth', {
    metric: retries.depth,
    above: 1_000,
    periods: 2,
    section: 'retry-queue',
    says: 'Pushes wait faster than they are tried again',
  });
  system.addAlarm('RetryQueueAge', {
    metric: retries.age,
    above: 300,
    section: 'retry-queue',
    says: 'A push has been waiting for more than five minutes',
  });
  system.addAlarm('DeadLetters', {
    metric: retries.deadLetterDepth,
    above: 0,
    section: 'dead-letters',
    says: 'The retry of pushes failed five times',
  });
}
