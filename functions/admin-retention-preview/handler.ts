import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, retentionSeconds } from '../../shared/composition/settings.ts';
import { holds, messages, purgeIndex } from '../../shared/composition/stores.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { previewRetention } from '../../shared/retention/preview-retention.ts';

const deps = compose({
  conversations: purgeIndex,
  messages,
  holds,
  retentionSeconds,
  retention: messageRetention,
  now,
});

/** The function may run for a minute; what it has counted by then it says. */
const patienceMillis = 45_000;

export const handler = operatorHandler(
  {
    command: 'retention preview',
    schema: z.strictObject({ retentionSeconds: z.number().int().positive() }),
  },
  async ({ retentionSeconds: seconds }) => {
    const endBy = deps.now() + patienceMillis;
    return previewRetention({ ...deps, isOver: () => deps.now() >= endBy }, seconds);
  },
);
