import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { eraseMessage } from '../../shared/composition/operator-erasure.ts';
import { messages } from '../../shared/composition/stores.ts';
import { eraseAsOperator } from '../../shared/erasure/erase-as-operator.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { conversationId, seq } from '../../shared/protocol/values.ts';

const deps = compose({ messages: ifMessagesStored(messages), eraseMessage });

export const handler = operatorHandler(
  {
    command: 'message erase',
    schema: z.strictObject({ conversationId, seq }),
    subject: (input) => input.conversationId,
  },
  async ({ conversationId: where, seq: which }) => eraseAsOperator(deps, where, which),
);
