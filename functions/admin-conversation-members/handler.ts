import * as z from 'zod';
import { changingMembers, memberParts } from '../../shared/composition/changing-members.ts';
import { compose } from '../../shared/composition/compose.ts';
import { admitAnybody } from '../../shared/composition/reach.ts';
import { senderRates, senders } from '../../shared/composition/senders.ts';
import { knownSender } from '../../shared/handlers/known-sender.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { changeMembers } from '../../shared/members/change-members.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';
import { senderId } from '../../shared/protocol/sender-id-schema.ts';

const parts = compose({ ...memberParts, admit: admitAnybody, senders, rates: senderRates });
const deps = { ...parts, ...changingMembers(parts) };
const { id, conversationId, add, remove, role, close } = membersFrame.shape;

export const handler = operatorHandler(
  {
    command: 'conversation members',
    schema: z
      .strictObject({ by: senderId, id, conversationId, add, remove, role, close })
      .refine((input) => [input.add ?? input.remove, input.role, input.close].filter(isGiven).length === 1, {
        error: 'one of add and remove, role, close',
      })
      .refine((input) => !(input.add ?? []).some((userId) => input.remove?.includes(userId)), {
        error: 'added or removed, not both',
      }),
    subject: (input) => input.conversationId,
  },
  async ({ by, ...act }) => {
    knownSender(deps.senders, by);
    await deps.rates.take(by, Math.max(1, (act.add ?? []).length));
    const actor = { userId: by, connectionId: '', asOperator: true } as const;
    return changeMembers(deps, actor, { action: 'members', ...act });
  },
);

function isGiven(act: unknown): boolean {
  return act !== undefined;
}
