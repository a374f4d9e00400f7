import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { erasureQueue } from '../../shared/composition/gateways.ts';
import { ifProfilesStored } from '../../shared/composition/modes.ts';
import { now } from '../../shared/composition/settings.ts';
import {
  connectionRows,
  erasureRequests,
  holds,
  ledger,
  memberships,
  profiles,
  rateLimitRows,
} from '../../shared/composition/stores.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { requireKnownUser } from '../../shared/handlers/require-known-user.ts';
import { erasureTarget } from '../../shared/protocol/erasure/erasure-target.ts';
import { userId } from '../../shared/protocol/values.ts';

const parts = compose({
  requests: erasureRequests,
  holds,
  conversations: memberships,
  ledger,
  connections: connectionRows,
  rateLimits: rateLimitRows,
  profiles: ifProfilesStored(profiles),
  queue: erasureQueue,
  now,
});
const deps = { ...parts, randomId: randomUUID };

export const handler = operatorHandler(
  {
    command: 'user erase',
    schema: z.strictObject({ userId, target: erasureTarget }),
    subject: (input) => input.userId,
  },
  async ({ userId: id, target }) => {
    await requireKnownUser(deps, id, 'there is nothing to erase');
    return { userId: id, ...(await requestErasure(deps, id, target, 'operator')) };
  },
);
