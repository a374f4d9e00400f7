import * as z from 'zod/mini';
import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { frameId } from '../../shared/protocol/values.ts';

const deps = compose({ policy, rates });
const schema = z.looseObject({ action: z.string(), id: frameId });

export const handler = frameHandler(
  { schema, policy: deps.policy, rates: deps.rates, consent: 'of the socket' },
  async () => {
    throw new ProtocolError('UNKNOWN_ACTION');
  },
);
