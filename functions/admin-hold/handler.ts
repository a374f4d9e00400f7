import { compose, merged } from '../../shared/composition/compose.ts';
import { holdQueue } from '../../shared/composition/gateways.ts';
import { ifProfilesStored } from '../../shared/composition/modes.ts';
import { now, stored } from '../../shared/composition/settings.ts';
import {
  connectionRows,
  conversations,
  holds,
  ledger,
  memberships,
  profiles,
  rateLimitRows,
} from '../../shared/composition/stores.ts';
import { checkHoldOrder } from '../../shared/handlers/check-hold-order.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdOrder } from '../../shared/holds/hold-target.ts';
import { placeHold } from '../../shared/holds/place-hold.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';

const deps = compose({
  holds,
  conversations: merged(conversations, memberships),
  ledger,
  connections: connectionRows,
  rateLimits: rateLimitRows,
  profiles: ifProfilesStored(profiles),
  work: holdQueue,
  stored,
  now,
});

export const handler = operatorHandler(
  { command: 'hold', schema: holdOrder, subject: (order) => holdKey(order).at },
  async (order) => {
    await checkHoldOrder(deps, order);
    return placeHold(deps, order);
  },
);
