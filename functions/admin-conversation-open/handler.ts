import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { opening, openingParts } from '../../shared/composition/opening.ts';
import { admitAnybody } from '../../shared/composition/reach.ts';
import { senderRates, senders } from '../../shared/composition/senders.ts';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { knownSender } from '../../shared/handlers/known-sender.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { senderId } from '../../shared/protocol/sender-id-schema.ts';
import { openRoom } from '../../shared/rooms/open-room.ts';

const parts = compose({ ...openingParts, admit: admitAnybody, senders, rates: senderRates });
// Whoever else makes rooms: the operator may.
const deps = { ...parts, ...opening(parts), rooms: true };
const { id, kind, members, title, retention, history, afterLeaving } = openFrame.shape;

export const handler = operatorHandler(
  {
    command: 'conversation open',
    schema: z.strictObject({
      ...{ by: senderId, id, kind, members, title, retention, history, afterLeaving },
    }),
    subject: (input) => input.by,
  },
  async ({ by, ...asked }) => {
    knownSender(deps.senders, by);
    await deps.rates.take(by, Math.max(1, asked.members.length));
    const frame = { action: 'open', ...asked } as const;
    const flagged = deps.guard.check(frame.title === undefined ? [] : [frame.title]);
    const isIn = frame.kind === 'room' || frame.members.includes(by);
    const opener = { userId: by, ...(!isIn && { forOthers: true as const }) };
    const opened =
      frame.kind === 'room'
        ? await openRoom(deps, by, frame, await deps.roomIdOf(by, frame))
        : await openConversation(deps, opener, frame);
    // Nobody of them has opened it: everybody hears of it.
    if (frame.kind !== 'room') await deps.tell(opened, '', deps.profilesStored ? undefined : frame.title);
    return { ...opened, ...(flagged && { flagged: true as const }) };
  },
);
