import * as z from 'zod';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { purgeStatus } from '../../shared/retention/purge-status.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { purgeIndexStore } from '../../shared/stores/conversations/purge-index-store.ts';
import { purgeRunStore } from '../../shared/stores/privacy/purge-run-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'privacyTable',
  'messageRetentionSeconds',
  'purgeBoundSeconds',
);
const db = documentClient();
const deps = {
  index: purgeIndexStore(db, env.conversationTable),
  runs: purgeRunStore(db, env.privacyTable),
  retentionSeconds: env.messageRetentionSeconds,
  boundSeconds: env.purgeBoundSeconds === 0 ? undefined : env.purgeBoundSeconds,
  now: systemClock,
};

export const handler = operatorHandler({ command: 'purge status', schema: z.strictObject({}) }, async () =>
  purgeStatus(deps),
);
