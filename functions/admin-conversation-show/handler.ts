import * as z from 'zod';
import { compose, merged } from '../../shared/composition/compose.ts';
import { conversations, waitingRows } from '../../shared/composition/stores.ts';
import { showConversation } from '../../shared/conversations/show-conversation.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({ conversations: merged(conversations, waitingRows) });
const { conversationId, cursor } = membersFrame.shape;

export const handler = operatorHandler(
  {
    command: 'conversation show',
    schema: z.strictObject({ conversationId, cursor }),
    subject: (input) => input.conversationId,
  },
  async (asked) => showConversation(deps, asked),
);
