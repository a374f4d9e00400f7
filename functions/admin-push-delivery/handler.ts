import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { nicknames, shownOfMessages } from '../../shared/composition/notifications.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, policyFingerprint } from '../../shared/composition/settings.ts';
import {
  blocks,
  connectionRows,
  consent,
  conversationRows,
  exactMessages,
  pushTokens,
} from '../../shared/composition/stores.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { pushDelivery } from '../../shared/notifications/push-delivery.ts';
import { conversationId, seq, userId } from '../../shared/protocol/values.ts';

const deps = compose({
  conversations: conversationRows,
  messages: exactMessages,
  connections: connectionRows,
  blocks,
  tokens: pushTokens,
  consent,
  retention: messageRetention,
  show: shownOfMessages,
  nicknameOf: nicknames,
  policyFingerprint,
  now,
});

export const handler = operatorHandler(
  {
    command: 'push delivery',
    schema: z.strictObject({ userId, conversationId, seq }),
    subject: (input) => input.userId,
  },
  async (due) => pushDelivery(deps, due),
);
