import { randomBytes } from 'node:crypto';
import { compose, merged, together } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { guard } from '../../shared/composition/guard.ts';
import { ifProfilesPass } from '../../shared/composition/modes.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import {
  limits,
  messagesStored,
  now,
  policy,
  retentionSeconds,
  roomsOpened,
} from '../../shared/composition/settings.ts';
import {
  connectionRows,
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  idSecret,
  live,
  recent,
} from '../../shared/composition/stores.ts';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { passTitle } from '../../shared/conversations/pass-title.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { openRoom } from '../../shared/rooms/open-room.ts';
import { roomId } from '../../shared/stores/conversations/room-id.ts';

const parts = compose({
  conversations: merged(merged(conversations, conversationRows), conversationEnds),
  connections: connectionRows,
  live,
  titles: groupTitles,
  passing: ifProfilesPass(together(pushing)),
  consent,
  guard,
  holds,
  idSecret,
  limits,
  recent,
  messagesStored,
  rooms: roomsOpened,
  retentionSeconds,
  policy,
  rates,
  now,
});
const pass = parts.passing && passTitle(parts.passing);
const deps = { ...parts, randomId: () => randomBytes(24).toString('base64url') };

export const handler = frameHandler(
  { schema: openFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity, connectionId }) => {
    const flagged = deps.guard.check(frame.title === undefined ? [] : [frame.title]);
    const opened =
      frame.kind === 'room'
        ? await openRoom(deps, identity.userId, frame, roomId(deps.randomId()))
        : await openConversation(deps, identity.userId, frame);
    if (frame.title !== undefined) await pass?.(opened, frame.title, connectionId);
    return { ...opened, ...(flagged && { flagged: true as const }) };
  },
);
