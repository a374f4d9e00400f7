import type { ChatSystem } from './chat-system.ts';
import { grantFindingUser, grantResuming } from './erasure.ts';

/** Hours for who wrote millions of messages, minutes for nearly everybody. */
const walkSeconds = 6 * 3_600;

/** A legal hold is noted by the operator's commands; what is stored follows it by the queue, and by the clock. */
export function addHolds(system: ChatSystem): void {
  const { messages, profiles, conversations, privacy, holdWork, media, mediaObjects } = system.data;
  const settings = ['messagesStored', 'profilesStored'] as const;

  const hold = system.addCommand('admin-hold', settings);
  grantFindingUser(system, hold);
  const release = system.addCommand('admin-release', settings);
  for (const fn of [hold, release]) {
    privacy.grant(fn, 'Query', 'PutItem');
    holdWork.grantSend(fn);
  }
  conversations.grant(hold, 'Query');
  // The erasures that the hold kept waiting go on at once.
  grantResuming(system, release);

  const apply = system.addScheduled('apply-holds', 5, {
    settings: [...settings, 'purgeBoundSeconds'],
    timeoutSeconds: holdWork.timeoutSeconds,
  });
  holdWork.deliverOneByOne(apply);
  privacy.grant(apply, 'Query', 'PutItem', 'DeleteItem');
  privacy.grantAskingForHolds(apply);
  conversations.grantFindingByMember(apply);
  // What a group was called before goes with the hold that has kept it.
  conversations.grant(apply, 'Query', 'UpdateItem', 'DeleteItem');
  // Where somebody has written in rooms, and what lets them write there from now on.
  system.data.sends.grant(apply, 'Query');
  system.data.live.grant(apply, 'Query', 'UpdateItem');
  messages?.grant(apply, 'Query', 'UpdateItem', 'DeleteItem');
  // What people have given to messages.
  if (messages !== undefined) system.data.personal.grant(apply, 'Query', 'UpdateItem');
  profiles?.grant(apply, 'BatchGetItem', 'UpdateItem');
  // What a forward under a hold shows is another message's, and the count of those that keep it stands there.
  if (messages !== undefined) media?.grant(apply, 'GetItem', 'UpdateItem', 'DeleteItem');
  mediaObjects?.grant(apply, 'media/*', 'PutObjectTagging', 'DeleteObjectTagging');
  mediaObjects?.grant(apply, 'media/*', 'DeleteObject');
  mediaObjects?.grantList(apply);
  system.addAlarm('HoldWalks', {
    metric: system.metric({ name: 'OldestHoldWalkAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: walkSeconds,
    section: 'hold-walks',
    says: 'What is stored does not follow a hold or its release for six hours, or nothing says whether it does',
    silenceIsTrouble: true,
  });
}
