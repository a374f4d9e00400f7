import { randomUUID } from 'node:crypto';
import { compose, merged } from '../../shared/composition/compose.ts';
import { erasureQueue } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, policy, profilesStored } from '../../shared/composition/settings.ts';
import {
  consent,
  conversations,
  erasureRequests,
  holds,
  memberships,
  messages,
  moderations,
  readableRows,
} from '../../shared/composition/stores.ts';
import { authorizeErasure } from '../../shared/erasure/authorize-erasure.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { eraseFrame } from '../../shared/protocol/erasure/frames.ts';

const parts = compose({
  conversations: merged(conversations, merged(readableRows, memberships)),
  moderations,
  messages: ifMessagesStored(messages),
  profilesStored,
  retention: messageRetention,
  requests: erasureRequests,
  holds,
  queue: erasureQueue,
  policy,
  rates,
  consent,
  now,
});
const deps = { ...parts, randomId: randomUUID };

export const handler = frameHandler(
  { schema: eraseFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ action: _action, id: _id, ...target }, { identity: { userId } }) => {
    const { moderations } = deps;
    const authorize = async () => authorizeErasure(deps, userId, target);
    return requestErasure(deps, userId, target, 'user', { moderations, authorize });
  },
);
