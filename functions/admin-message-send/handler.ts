import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { guard } from '../../shared/composition/guard.ts';
import { senderRates, senders } from '../../shared/composition/senders.ts';
import { passTextThrough } from '../../shared/composition/sending/pass-through.ts';
import { noRoom, roomProcessed } from '../../shared/composition/sending/room.ts';
import { storeProcessed } from '../../shared/composition/sending/store.ts';
import { limits, messagesStored, profilesStored } from '../../shared/composition/settings.ts';
import { asMember, conversationRows } from '../../shared/composition/stores.ts';
import { checkContent, textsOf } from '../../shared/content/check-content.ts';
import { knownSender } from '../../shared/handlers/known-sender.ts';
import { OperatorError } from '../../shared/handlers/operator-error.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { content, sendFrame } from '../../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import { senderId } from '../../shared/protocol/sender-id-schema.ts';
import { writeAnywhere } from '../../shared/rooms/write-anywhere.ts';
import { isRoomId } from '../../shared/stores/conversations/room-id.ts';

const deps = compose({
  senders,
  rates: senderRates,
  limits,
  guard,
  messagesStored,
  profilesStored,
  asMember,
});
const inRooms = deps.messagesStored
  ? roomProcessed((environment) => writeAnywhere(conversationRows(environment)))
  : noRoom;
const send = deps.messagesStored ? storeProcessed({ remember: () => undefined }) : passTextThrough();

/** Who writes for the operator has not to be asked. */
const consented = Promise.resolve(undefined);
const { conversationId, replyTo, mentions, id } = sendFrame.shape;

export const handler = operatorHandler(
  {
    command: 'message send',
    schema: z.strictObject({ from: senderId, conversationId, content, replyTo, mentions, id }),
    subject: (input) => input.conversationId,
  },
  async ({ from, ...message }) => {
    const { nickname, avatarUrl } = knownSender(deps.senders, from);
    const { content: written } = message;
    if (isMediaContent(written)) throw new OperatorError('INVALID_INPUT', 'content: a sender has no uploads');
    const frame = { action: 'send', ...message, content: written } as const;
    checkContent(frame, deps.limits);
    await deps.rates.take(from, 1);
    const flagged = deps.guard.check(textsOf(written));
    const shown = { nickname, ...(avatarUrl !== undefined && { avatarUrl }) };
    const sender = { userId: from, connectionId: '', ...(!deps.profilesStored && { profile: shown }) };
    const act = async () => send(sender, frame, consented);
    const result = await (isRoomId(frame.conversationId)
      ? inRooms(sender, frame, consented)
      : deps.asMember(frame.conversationId, from, act)
    ).catch(saying(from, frame.conversationId));
    return { ...result, ...(flagged && { flagged: true as const }) };
  },
);

/** What to do next. */
function saying(from: string, where: string) {
  return (error: unknown): never => {
    if (!(error instanceof ProtocolError) || error.code !== 'NOT_FOUND') throw error;
    throw new OperatorError(
      'NOT_FOUND',
      `${from} is no member of ${where}, or replyTo or mentions name what is not there: conversation members ${where} --by ${from} --add ${from} lets it in`,
    );
  };
}
