import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { placeHold } from '../../shared/holds/place-hold.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { holdKey, holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { workQueue } from '../../shared/stores/queue/work-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'privacyTable',
  'holdQueueUrl',
  'messagesStored',
  'profilesStored',
);
const db = documentClient();
const deps = {
  holds: holdStore(db, env.privacyTable),
  conversations: conversationStore(db, env.conversationTable),
  work: workQueue(queueClient(), env.holdQueueUrl),
  stored: { messages: env.messagesStored, profiles: env.profilesStored },
  now: systemClock,
};

export const handler = operatorHandler(
  { command: 'hold', schema: holdTarget, subject: holdKey },
  async (target) => placeHold(deps, target),
);
