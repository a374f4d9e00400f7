import { compose } from '../../shared/composition/compose.ts';
import { guard } from '../../shared/composition/guard.ts';
import { rates } from '../../shared/composition/rates.ts';
import { readAhead } from '../../shared/composition/read-ahead.ts';
import { forwarding } from '../../shared/composition/sending/forwarding.ts';
import { passThrough } from '../../shared/composition/sending/pass-through.ts';
import { noRoom, room } from '../../shared/composition/sending/room.ts';
import { store } from '../../shared/composition/sending/store.ts';
import { limits, messagesStored, policy } from '../../shared/composition/settings.ts';
import { asMember } from '../../shared/composition/stores.ts';
import { checkContent, textsOf } from '../../shared/content/check-content.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { type AskedSend, type SendFrame, sendFrame } from '../../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import type { MessageContent } from '../../shared/protocol/messages/table.ts';
import type { SenderProfile } from '../../shared/protocol/profile/table.ts';
import { isRoomId } from '../../shared/stores/conversations/room-id.ts';

const deps = compose({ policy, rates, limits, guard, messagesStored, asMember, readAhead });
const take = deps.messagesStored ? forwarding() : undefined;
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
  async (asked, { identity: { userId, profile }, connectionId, consented }) => {
    const frame = await written(asked, userId, consented);
    checkContent(frame, deps.limits);
    const flagged = deps.guard.check(textsOf(frame.content));
    const sender = { userId, connectionId, ...shown(profile) };
    if (isRoomId(frame.conversationId)) {
      const sent = await sendToRoom(sender, frame, consented);
      return { ...taken(frame), ...sent, ...(flagged && { flagged: true }) };
    }
    const act = async () => send(sender, frame, consented);
    const result = await deps.asMember(frame.conversationId, userId, act, consented);
    return { ...taken(frame), ...result, ...(flagged && { flagged: true }) };
  },
);

/** What is forwarded is looked up as its reader would see it; from then on it is a message like any other. */
async function written(frame: AskedSend, userId: string, consented: Promise<unknown>): Promise<SendFrame> {
  const { content } = frame;
  if (content.type !== 'forward') return { ...frame, content };
  await consented;
  if (take === undefined) throw new ProtocolError('NOT_STORED');
  return { ...frame, ...(await take(userId, content)), forwarded: true };
}

/** Who forwards shows what everybody else is shown. */
function taken({ content, forwarded }: SendFrame): { content?: MessageContent } {
  return forwarded === true && !isMediaContent(content) ? { content } : {};
}

/** A name that would be blocked where profiles are stored is not passed on here either. */
function shown({ nickname, ...rest }: SenderProfile = {}): { profile?: SenderProfile } {
  const named = nickname !== undefined && deps.guard.accepts(nickname) ? { nickname, ...rest } : rest;
  return Object.keys(named).length > 0 ? { profile: named } : {};
}
