import * as z from 'zod';
import { showErasures } from '../../shared/erasure/show-erasures.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { receiptStore } from '../../shared/stores/privacy/receipt-store.ts';

const env = readEnvironment('privacyTable');
const db = documentClient();
const deps = {
  requests: erasureStore(db, env.privacyTable),
  receipts: receiptStore(db, env.privacyTable),
};

export const handler = operatorHandler(
  { command: 'user receipts', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => showErasures(deps, input.userId),
);
