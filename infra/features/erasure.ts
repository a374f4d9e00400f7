import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { grantWithdrawing } from './consent.ts';
import { policySettings } from './settings.ts';

/** Far inside the month that data protection laws give, and long enough for an erasure to be tried again. */
const boundSeconds = 86_400;

/** Told while there is time left to answer. */
const mostOfIt = 0.9;

/** Asked for by the user or the operator, carried out by the queue, and resumed by the clock. */
export function addErasure(system: ChatSystem): void {
  const { messages, conversations, privacy, erasures } = system.data;
  const { timeoutSeconds } = erasures;

  const erase = system.addAction('erase', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'profilesStored'],
  });
  messages?.grant(erase, 'Query');
  if (messages !== undefined) privacy.grantRetention(erase, 'messages');
  conversations.grant(erase, 'GetItem');
  // Whose group it is, and that it is so in the instant in which a moderator's request is noted.
  conversations.grant(erase, 'Query', 'ConditionCheckItem');
  system.grantWatching(erase);
  const eraseUser = system.addCommand('admin-user-erase', ['profilesStored']);
  grantFindingUser(system, eraseUser);
  for (const fn of [erase, eraseUser]) {
    privacy.grant(fn, 'GetItem', 'PutItem');
    privacy.grantAskingForHolds(fn);
    conversations.grantFindingByMember(fn);
    erasures.grantSend(fn);
  }

  const carryOut = system.addFunction('carry-out-erasures', {
    settings: [
      ...policySettings,
      'messagesStored',
      'handoverSeconds',
      'profilesStored',
      'proofSeconds',
      'reportSeconds',
      'notifications',
      'purgeBoundSeconds',
    ],
    timeoutSeconds,
  });
  erasures.deliverOneByOne(carryOut);
  grantErasing(system, carryOut);

  const resume = system.addScheduled('resume-erasures', 5, { timeoutSeconds });
  grantResuming(system, resume);
  privacy.grantLaps(resume);

  const receipts = system.addCommand('admin-user-receipts');
  privacy.grant(receipts, 'Query');

  system.addAlarm('ErasureDeadline', {
    metric: system.metric({ name: 'OldestErasureRequestAge', statistic: 'Maximum', periodMinutes: 60 }),
    above: system.configuration.erasure.deadlineSeconds * mostOfIt,
    section: 'open-erasures',
    says: 'An erasure, on hold or not, has used nine tenths of the time until its deadline',
    silenceIsTrouble: true,
  });
  system.addAlarm('OpenErasures', {
    metric: system.metric({ name: 'OldestOpenErasureAge', statistic: 'Maximum', periodMinutes: 60 }),
    above: boundSeconds,
    section: 'open-erasures',
    says: 'An erasure has been open for more than a day, or nothing says whether one is',
    silenceIsTrouble: true,
  });
}

/** To see whether anything is known of a user whom the operator names. */
export function grantFindingUser({ data }: ChatSystem, fn: ChatFunction): void {
  data.consents.grant(fn, 'Query');
  data.conversations.grantFindingByMember(fn);
  data.connections.grant(fn, 'GetItem');
  data.rateLimits.grant(fn, 'Query');
  data.profiles?.grant(fn, 'BatchGetItem');
}

/** To find the erasures that are open and to put them into the queue. */
export function grantResuming({ data }: ChatSystem, fn: ChatFunction): void {
  data.privacy.grant(fn, 'Query');
  data.privacy.grantAskingForHolds(fn);
  data.erasures.grantSend(fn);
}

/** It reaches every store of a person's. */
function grantErasing(system: ChatSystem, fn: ChatFunction): void {
  const { messages, profiles, conversations, connections, personal, rateLimits, consents, sends, privacy } =
    system.data;
  // What a hold has kept of earlier versions goes with the message; who is away is told by a change.
  messages?.grant(fn, 'Query', 'PutItem', 'DeleteItem');
  system.data.changes?.grant(fn, 'Query', 'PutItem');
  if (messages !== undefined) grantTakingOffReactions(system, fn);
  system.data.roomWork?.grantSend(fn);
  sends.grant(fn, 'Query', 'UpdateItem', 'DeleteItem');
  profiles?.grant(fn, 'BatchGetItem', 'DeleteItem');
  conversations.grant(fn, 'GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'DeleteItem');
  conversations.grantFindingByMember(fn);
  grantWithdrawing(system, fn);
  consents.grant(fn, 'UpdateItem');
  connections.grant(fn, 'DeleteItem');
  personal.grant(fn, 'Query', 'BatchWriteItem', 'GetItem', 'PutItem', 'DeleteItem');
  rateLimits.grant(fn, 'Query', 'DeleteItem');
  system.data.reports?.grant(fn, 'BatchGetItem', 'BatchWriteItem');
  privacy.grant(fn, 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'DeleteItem');
  privacy.grantAskingForHolds(fn);
  system.grantPush(fn);

  const { media, mediaObjects, exportFiles, exports } = system.data;
  exportFiles.grant(fn, '*', 'DeleteObject', 'AbortMultipartUpload');
  exportFiles.grantList(fn);
  exports.grantSend(fn);
  if (mediaObjects === undefined) return;
  media?.grant(fn, 'GetItem', 'UpdateItem', 'DeleteItem');
  media?.grantIndexQuery(fn, 'byUploader');
  mediaObjects.grant(fn, 'media/*', 'DeleteObject');
  mediaObjects.grant(fn, 'incoming/*', 'PutObject');
  mediaObjects.grantList(fn);
}

/** Off messages of others, in one transaction with the change. */
function grantTakingOffReactions({ data }: ChatSystem, fn: ChatFunction): void {
  data.messages?.grant(fn, 'GetItem', 'UpdateItem');
  data.changes?.grant(fn, 'Query', 'PutItem');
  data.personal.grant(fn, 'GetItem', 'PutItem', 'DeleteItem');
  data.retries?.grantSend(fn);
}
