import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { placeHold } from '../../shared/holds/place-hold.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'PRIVACY_TABLE',
  'HOLD_QUEUE_URL',
  'MESSAGES_STORED',
  'PROFILES_STORED',
);
const db = documentClient();
const deps = {
  holds: holdStore(db, env.PRIVACY_TABLE),
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  work: jobQueue(queueClient(), env.HOLD_QUEUE_URL),
  stored: { messages: env.MESSAGES_STORED, profiles: env.PROFILES_STORED },
  now: systemClock,
};

export const handler = operatorHandler(
  { command: 'hold', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => placeHold(deps, target),
);
