import * as z from 'zod';
import { purgeIndexStore } from '../../shared/retention/purge-index-store.ts';
import { purgeStatus } from '../../shared/retention/purge-status.ts';
import { runStore } from '../../shared/retention/run-store.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { operatorHandler } from '../../shared/runtime/operator-handler.ts';
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
  runs: runStore(db, env.PRIVACY_TABLE),
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  boundSeconds: env.PURGE_BOUND_SECONDS === 0 ? undefined : env.PURGE_BOUND_SECONDS,
  now: systemClock,
};

export const handler = operatorHandler({ command: 'purge status', schema: z.strictObject({}) }, async () =>
  purgeStatus(deps),
);
