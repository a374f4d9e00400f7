import * as z from 'zod';
import { titleParts } from '../../shared/composition/changing-titles.ts';
import { compose } from '../../shared/composition/compose.ts';
import { senderRates, senders } from '../../shared/composition/senders.ts';
import { knownSender } from '../../shared/handlers/known-sender.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { announceTitle } from '../../shared/members/announce-title.ts';
import { changeTitle } from '../../shared/members/change-title.ts';
import { titleFrame } from '../../shared/protocol/conversations/frames.ts';
import { senderId } from '../../shared/protocol/sender-id-schema.ts';

const parts = compose({ ...titleParts, senders, rates: senderRates });
const deps = { ...parts, announce: announceTitle(parts) };
const { id, conversationId, title } = titleFrame.shape;

export const handler = operatorHandler(
  {
    command: 'conversation title',
    schema: z.strictObject({ by: senderId, id, conversationId, title }),
    subject: (input) => input.conversationId,
  },
  async ({ by, ...frame }) => {
    knownSender(deps.senders, by);
    await deps.rates.take(by, 1);
    const flagged = deps.guard.check(frame.title === null ? [] : [frame.title]);
    const result = await changeTitle(deps, by, frame, true);
    return { ...result, ...(flagged && { flagged: true as const }) };
  },
);
