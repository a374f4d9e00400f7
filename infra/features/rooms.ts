import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { grantTitles, titleSettings } from './conversations.ts';
import { policySettings } from './settings.ts';

/** Conversations without a list of members. Where messages are not stored there is none, and the two actions say so. */
export function addRooms(system: ChatSystem, writers: readonly ChatFunction[]): void {
  const { conversations, connections, live, messages, privacy, roomWork } = system.data;

  const watch = system.addAction('watch', { settings: ['messagesStored', 'roomsJoin', ...titleSettings] });
  conversations.grant(watch, 'GetItem', 'UpdateItem');
  connections.grant(watch, 'BatchGetItem');
  live.grant(watch, 'Query', 'BatchWriteItem', 'UpdateItem');
  privacy.grantAskingForHolds(watch);
  messages?.grant(watch, 'Query');
  grantTitles(system, watch);

  const unwatch = system.addAction('unwatch');
  live.grant(unwatch, 'Query', 'BatchWriteItem', 'UpdateItem');

  if (messages === undefined || roomWork === undefined) return;
  const deliver = system.addFunction('deliver-room', {
    settings: [...policySettings, 'messageRetentionSeconds', 'purgeBoundSeconds', 'callbacksPerSecond'],
    timeoutSeconds: roomWork.timeoutSeconds,
  });
  messages.grant(deliver, 'Query', 'PutItem');
  live.grant(deliver, 'GetItem', 'UpdateItem');
  privacy.grantRetention(deliver, 'messages');
  system.grantPush(deliver);
  roomWork.deliverAtOnce(deliver);
  for (const fn of writers) roomWork.grantSend(fn);

  system.addAlarm('RoomQueueAge', {
    metric: roomWork.age,
    above: 60,
    section: 'room-queue',
    says: 'What is written in a room is told a minute late',
  });
}
