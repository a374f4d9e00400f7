import * as z from 'zod';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { previewRetention } from '../../shared/retention/preview-retention.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { purgeIndexStore } from '../../shared/stores/conversations/purge-index-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('CONVERSATION_TABLE', 'MESSAGE_TABLE', 'PRIVACY_TABLE', 'MESSAGE_RETENTION_SECONDS');
const db = documentClient();
const deps = {
  index: purgeIndexStore(db, env.CONVERSATION_TABLE),
  messages: messageStore(db, env.MESSAGE_TABLE),
  holds: holdStore(db, env.PRIVACY_TABLE),
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  now: systemClock,
};

/** The function may run for a minute; what it has counted by then it says. */
const patienceMillis = 45_000;

export const handler = operatorHandler(
  {
    command: 'retention preview',
    schema: z.strictObject({ retentionSeconds: z.number().int().positive() }),
  },
  async ({ retentionSeconds }) => {
    const endBy = systemClock() + patienceMillis;
    return previewRetention({ ...deps, isOver: () => systemClock() >= endBy }, retentionSeconds);
  },
);
