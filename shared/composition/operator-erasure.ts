import { randomUUID } from 'node:crypto';
import { requestErasure } from '../erasure/request-erasure.ts';
import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import type { Environment } from '../runtime/environment.ts';
import { type Composed, together } from './compose.ts';
import { erasureQueue } from './gateways.ts';
import { now } from './settings.ts';
import { erasureRequests, holds } from './stores.ts';

const parts = { requests: erasureRequests, holds, queue: erasureQueue, now };

/** The operator's erasure of a message, which asks for no memberships. */
export const eraseMessage = (environment: Environment) => {
  const deps: Composed<typeof parts> = together(parts)(environment);
  const conversations = { listIds: async () => ({ ids: [] }) };
  return async (userId: string, target: ErasureTarget) =>
    requestErasure({ ...deps, conversations, randomId: randomUUID }, userId, target, 'operator');
};
