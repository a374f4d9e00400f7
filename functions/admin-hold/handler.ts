import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { placeHold } from '../../shared/holds/place-hold.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
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
  work: jobQueue(queueClient(), env.holdQueueUrl),
  stored: { messages: env.messagesStored, profiles: env.profilesStored },
  now: systemClock,
};

export const handler = operatorHandler(
  { command: 'hold', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => placeHold(deps, target),
);
