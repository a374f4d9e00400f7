import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { now, policy } from '../../shared/composition/settings.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { pingFrame } from '../../shared/protocol/session/frames.ts';
import type { PingResult } from '../../shared/protocol/session/table.ts';

const deps = compose({ policy, rates, now });

export const handler = frameHandler(
  { schema: pingFrame, policy: deps.policy, rates: deps.rates, consent: 'not needed' },
  async () => {
    const pong: PingResult = { serverTime: deps.now() };
    return pong;
  },
);
