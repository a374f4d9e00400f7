import { compose } from '../../shared/composition/compose.ts';
import { opening, openingParts } from '../../shared/composition/opening.ts';
import { rates } from '../../shared/composition/rates.ts';
import { admit } from '../../shared/composition/reach.ts';
import { policy, roomsOpened } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { openRoom } from '../../shared/rooms/open-room.ts';

const parts = compose({ ...openingParts, admit, consent, rooms: roomsOpened, policy, rates });
const deps = { ...parts, ...opening(parts) };

export const handler = frameHandler(
  { schema: openFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity, connectionId }) => {
    const flagged = deps.guard.check(frame.title === undefined ? [] : [frame.title]);
    const opened =
      frame.kind === 'room'
        ? await openRoom(deps, identity.userId, frame, await deps.roomIdOf(identity.userId, frame))
        : await openConversation(deps, identity, frame);
    if (frame.kind === 'group')
      await deps.tell(opened, connectionId, deps.profilesStored ? undefined : frame.title);
    return { ...opened, ...(flagged && { flagged: true as const }) };
  },
);
