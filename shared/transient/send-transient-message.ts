import { memberOf } from '../conversations/authorize-member.ts';
import { engage } from '../conversations/engage.ts';
import { type KeepConversationDeps, keepConversation } from '../conversations/keep-conversation.ts';
import { type MentionAll, mayMentionAll } from '../conversations/may-mention-all.ts';
import { type NoteRecentDeps, noteRecent } from '../listing/note-recent.ts';
import type { Crowd } from '../messages/crowd.ts';
import { hasValidReferences } from '../messages/has-valid-references.ts';
import { changedFrom } from '../messages/message-builder.ts';
import { type Sockets, withPartner, withSockets } from '../messages/read-ahead.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import { type FanOutMessageDeps, fanOutMessage, recipients, type Sender } from '../push/fan-out-message.ts';
import type { CheckPartnerDeps } from '../reach/check-partner.ts';
import type { Review } from '../review/review.ts';
import { hiddenFrom, without } from '../safety/hidden-from.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf, type Placed } from '../stores/expiry/expiry.ts';
import { type Message, newMessage, type SendRequest } from '../stores/messages/message.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import { recordEnd, type SendStore } from '../stores/sends/send-store.ts';
import { type EpochMillis, epochSeconds } from '../time.ts';
import type { BeginHandover } from './begin-handover.ts';

export type SendTransientMessageDeps = FanOutMessageDeps &
  CheckPartnerDeps & {
    readonly conversations: Pick<
      ConversationStore,
      'read' | 'markEngaged' | 'markRecent' | 'noteRecentAsked'
    > &
      KeepConversationDeps;
    readonly recent: NoteRecentDeps['recent'];
    readonly sends: Pick<SendStore, 'takeNumber' | 'find' | 'markPushed'>;
    readonly retentionSeconds: number;
    readonly mentionAll: MentionAll;
    readonly crowd: Crowd;
    /** Undefined where there is no media. */
    readonly beginHandover: BeginHandover | undefined;
    /** Of the sender, with sockets that were read in the same call; rejects with CONSENT_REQUIRED. */
    readonly consented?: Promise<Sockets | undefined>;
    /** Undefined where the operator has none. */
    readonly review: Review | undefined;
  };

const attempts = 50;

/**
 * The not-stored mode: numbers the message, hands it to whoever is connected, and forgets it. Nothing is queued for
 * later, since nothing is kept that could be pushed again.
 */
export async function sendTransientMessage(
  deps: SendTransientMessageDeps,
  sender: Sender,
  asked: SendRequest,
): Promise<SendResult> {
  const { conversationId } = asked;
  let frame: SendRequest | undefined;
  let losses = deps.crowd.busy.get(conversationId) === true ? 1 : 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [read, sockets] = await Promise.all([deps.conversations.read(conversationId), deps.consented]);
    const { conversation, member } = memberOf(read, sender.userId);
    if (conversation.head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
    const { lastSeq, lastSentAt, retention = deps.retentionSeconds } = conversation.head;
    const sentAt = Math.max(deps.now(), lastSentAt) as EpochMillis;
    const expiresAt = expiryOf(sentAt, Math.min(retention, deps.retentionSeconds));
    const key = sendKeyOf({ conversationId, id: asked.id, from: sender.userId });
    // A repeat is answered as it was at first, whoever has left or withdrawn since.
    const isRepeat = async () => (await deps.sends.find(key)) !== undefined;
    if (!(await hasValidReferences({ messages: undefined }, conversation, asked, member))) {
      if (!(await isRepeat())) throw new ProtocolError('NOT_FOUND');
    }
    if (asked.mentionsAll && !mayMentionAll(conversation, sender.userId, deps.mentionAll)) {
      if (!(await isRepeat())) throw new ProtocolError('FORBIDDEN');
    }
    const ahead = await withPartner(deps, conversation, sender.userId, sockets).catch(
      async (error: unknown) => {
        if (!(await isRepeat())) throw error;
        return sockets;
      },
    );
    frame ??= await reviewed(deps, sender, asked);
    const message = newMessage(sender.userId, frame, { seq: lastSeq + 1, sentAt, expiresAt });
    const [settleRecent] = await Promise.all([
      noteRecent({ ...deps, recentJobs: undefined }, conversation, sentAt),
      engage(deps.conversations, conversation, member),
      keepConversation(deps.conversations, conversation, sender.userId, message),
    ]);
    await settleRecent();
    const number = await deps.sends.takeNumber(
      message,
      recordEnd({ claimedAt: sentAt, expiresAt: expiryOf(sentAt, deps.retentionSeconds) }),
    );
    const pushing = {
      ...deps,
      connections: { ...deps.connections, ...withSockets(deps.connections, ahead) },
    };
    if (number === 'behind') {
      // Waited for before the next look, so that what is read is fresh when the number is taken.
      deps.crowd.busy.set(conversationId, true);
      losses += 1;
      await deps.crowd.backoff(losses);
      continue;
    }
    if (number === 'taken') {
      await push(pushing, conversation, message, sender);
      return { ...transientResult(message), ...changedFrom(asked, frame) };
    }
    const earlier = newMessage(sender.userId, frame, number.earlier);
    if (number.earlier.pushed !== true) await push(pushing, conversation, earlier, sender);
    return { ...transientResult(earlier), duplicate: true };
  }
  throw new ProtocolError('CONFLICT');
}

/** Once, however many races are lost. A repeat of what was pushed pushes nothing; of any other one the words are here alone. */
async function reviewed(
  { review, sends }: Pick<SendTransientMessageDeps, 'review' | 'sends'>,
  { userId }: Sender,
  asked: SendRequest,
): Promise<SendRequest> {
  if (review === undefined) return asked;
  const { conversationId, id } = asked;
  const earlier = await sends.find(sendKeyOf({ conversationId, id, from: userId }));
  return earlier?.pushed === true ? asked : review(userId, asked);
}

/** Who repeats a send whose push nobody has vouched for may push it twice: with one number, which tells. */
async function push(
  deps: SendTransientMessageDeps,
  conversation: Conversation,
  message: Message,
  sender: Sender,
): Promise<void> {
  // A repeat may come when its life is over: that is shown to nobody.
  if (message.expiresAt <= epochSeconds(deps.now())) return;
  const hiddenFor = hiddenFrom(conversation, sender.userId);
  const connections = await recipients(deps, without(conversation, hiddenFor));
  await deps.beginHandover?.(
    message,
    connections.filter(({ connectionId }) => connectionId !== sender.connectionId),
  );
  await fanOutMessage(deps, connections, message, sender);
  await deps.sends.markPushed(sendKeyOf(message));
}

export function transientResult({
  conversationId,
  seq,
  sentAt,
  expiresAt,
}: Pick<Message, 'conversationId' | keyof Placed>): SendResult {
  return { conversationId, seq, sentAt, expiresAt, stored: false };
}
