import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { erasureRequests, receipts } from '../../shared/composition/stores.ts';
import { showErasures } from '../../shared/erasure/show-erasures.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose({ requests: erasureRequests, receipts });

export const handler = operatorHandler(
  { command: 'user receipts', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => showErasures(deps, input.userId),
);
