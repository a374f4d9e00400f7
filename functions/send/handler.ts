import { compose } from '../../shared/composition/compose.ts';
import { guard } from '../../shared/composition/guard.ts';
import { rates } from '../../shared/composition/rates.ts';
import { readAhead } from '../../shared/composition/read-ahead.ts';
import { passThrough } from '../../shared/composition/sending/pass-through.ts';
import { noRoom, room } from '../../shared/composition/sending/room.ts';
import { store } from '../../shared/composition/sending/store.ts';
import { limits, messagesStored, policy } from '../../shared/composition/settings.ts';
import { asMember } from '../../shared/composition/stores.ts';
import { checkContent, textsOf } from '../../shared/content/check-content.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { sendFrame } from '../../shared/protocol/messages/frames.ts';
import type { SenderProfile } from '../../shared/protocol/profile/table.ts';
import { isRoomId } from '../../shared/stores/conversations/room-id.ts';

const deps = compose({ policy, rates, limits, guard, messagesStored, asMember, readAhead });
const sendToRoom = deps.messagesStored ? room() : noRoom;
const send = deps.messagesStored ? store(deps.readAhead) : passThrough(deps.readAhead);

export const handler = frameHandler(
  {
    schema: sendFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: {
      read: async (userId, { conversationId }) => deps.readAhead.look(userId, conversationId),
    },
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId, profile }, connectionId, consented }) => {
    checkContent(frame, deps.limits);
    const flagged = deps.guard.check(textsOf(frame.content));
    const sender = { userId, connectionId, ...shown(profile) };
    if (isRoomId(frame.conversationId)) {
      const sent = await sendToRoom(sender, frame, consented);
      return { ...sent, ...(flagged && { flagged: true }) };
    }
    const act = async () => send(sender, frame, consented);
    const result = await deps.asMember(frame.conversationId, userId, act, consented);
    return { ...result, ...(flagged && { flagged: true }) };
  },
);

/** A name that would be blocked where profiles are stored is not passed on here either. */
function shown({ nickname, ...rest }: SenderProfile = {}): { profile?: SenderProfile } {
  const named = nickname !== undefined && deps.guard.accepts(nickname) ? { nickname, ...rest } : rest;
  return Object.keys(named).length > 0 ? { profile: named } : {};
}
