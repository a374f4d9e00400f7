import { compose } from '../../shared/composition/compose.ts';
import { holdQueue } from '../../shared/composition/gateways.ts';
import { now, stored } from '../../shared/composition/settings.ts';
import { conversations, holds } from '../../shared/composition/stores.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { placeHold } from '../../shared/holds/place-hold.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';

const deps = compose({ holds, conversations, work: holdQueue, stored, now });

export const handler = operatorHandler(
  { command: 'hold', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => placeHold(deps, target),
);
