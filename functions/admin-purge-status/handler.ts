import * as z from 'zod';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { purgeStatus } from '../../shared/retention/purge-status.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { purgeIndexStore } from '../../shared/stores/conversations/purge-index-store.ts';
import { purgeRunStore } from '../../shared/stores/privacy/purge-run-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'PRIVACY_TABLE',
  'MESSAGE_RETENTION_SECONDS',
  'PURGE_BOUND_SECONDS',
);
const db = documentClient();
const deps = {
  index: purgeIndexStore(db, env.CONVERSATION_TABLE),
  runs: purgeRunStore(db, env.PRIVACY_TABLE),
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  boundSeconds: env.PURGE_BOUND_SECONDS === 0 ? undefined : env.PURGE_BOUND_SECONDS,
  now: systemClock,
};

export const handler = operatorHandler({ command: 'purge status', schema: z.strictObject({}) }, async () =>
  purgeStatus(deps),
);
