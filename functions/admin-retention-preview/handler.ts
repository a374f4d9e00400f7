import * as z from 'zod';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { previewRetention } from '../../shared/retention/preview-retention.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { purgeIndexStore } from '../../shared/stores/conversations/purge-index-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('conversationTable', 'messageTable', 'privacyTable', 'messageRetentionSeconds');
const db = documentClient();
const deps = {
  index: purgeIndexStore(db, env.conversationTable),
  messages: messageStore(db, env.messageTable),
  holds: holdStore(db, env.privacyTable),
  retentionSeconds: env.messageRetentionSeconds,
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
