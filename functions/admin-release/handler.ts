import { holdKey, holdStore } from '../../shared/holds/hold-store.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { setHold } from '../../shared/holds/set-hold.ts';
import { workQueue } from '../../shared/privacy/work-queue.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { operatorHandler } from '../../shared/runtime/operator-handler.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('PRIVACY_TABLE', 'HOLD_QUEUE_URL', 'MESSAGES_STORED', 'PROFILES_STORED');
const deps = {
  holds: holdStore(documentClient(), env.PRIVACY_TABLE),
  work: workQueue(queueClient(), env.HOLD_QUEUE_URL),
  stored: { messages: env.MESSAGES_STORED, profiles: env.PROFILES_STORED },
  now: systemClock,
};

export const handler = operatorHandler(
  { command: 'release', schema: holdTarget, subject: holdKey },
  async (target) => setHold(deps, target, 'releasing'),
);
