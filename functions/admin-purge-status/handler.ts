import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { purgeBoundSeconds, retentionSeconds } from '../../shared/composition/settings.ts';
import { purgeIndex, purgeRuns } from '../../shared/composition/stores.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { purgeStatus } from '../../shared/retention/purge-status.ts';

const deps = compose({
  conversations: purgeIndex,
  runs: purgeRuns,
  retentionSeconds,
  retention: messageRetention,
  boundSeconds: purgeBoundSeconds,
});

export const handler = operatorHandler({ command: 'purge status', schema: z.strictObject({}) }, async () =>
  purgeStatus(deps),
);
