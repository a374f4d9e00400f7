import { memberOf } from '../conversations/authorize-member.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Conversation, Member } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { grownShards } from '../stores/live/live-shard.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';

/** Who is in a conversation at the number that a message is about to get. */
export type FollowedMembers = {
  /** As it was read, with all that has been passed since. */
  now(): Conversation;
  /**
   * Past these, in their order: what came and went by them holds for what stands behind them.
   * @throws ProtocolError NOT_FOUND where the sender has left by then, FORBIDDEN where it was closed.
   */
  pass(headers: readonly MessageHeader[]): Promise<void>;
};

export type FollowMembersDeps = { readonly conversations: Pick<ConversationStore, 'read'> };

/**
 * A message is appended behind the last number that its sender knew of. Who has joined or left in between is told by the events that it
 * meets there, so that nobody gets, or writes, what stands behind the event by which they went.
 */
export function followMembers(
  { conversations }: FollowMembersDeps,
  read: Conversation,
  userId: string,
): FollowedMembers {
  let current = checked(read);
  return {
    now: () => current,
    async pass(headers) {
      for (const header of headers) {
        if (header.event !== undefined) current = checked(withEvent(current, header));
        // It may have been an event, of whose maker nothing is left.
        else if (header.tombstonedAt !== undefined && current.head.kind === 'group')
          current = checked(
            memberOf(await conversations.read(current.head.conversationId), userId).conversation,
          );
      }
    },
  };

  function checked(conversation: Conversation): Conversation {
    if (conversation.head.kind === 'room') return conversation;
    if (!conversation.members.has(userId)) throw new ProtocolError('NOT_FOUND');
    if (conversation.head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
    return conversation;
  }
}

/** Of who joins nothing is known but that; their row has the rest. */
function withEvent(
  { head, members }: Conversation,
  { seq, sentAt, event = {} }: Pick<MessageHeader, 'seq' | 'sentAt' | 'event'>,
): Conversation {
  const gone = new Set([...(event.removed ?? []), ...(event.left ?? [])]);
  const come = (event.added ?? []).filter((each) => !members.has(each));
  const fresh = come.map((each): [string, Member] => [each, { userId: each, readSeq: seq, joinedSeq: seq }]);
  const staying = [...members].filter(([each]) => !gone.has(each));
  const { liveShards } = head;
  return {
    head: {
      ...head,
      ...(event.closed === true && { closedAt: sentAt }),
      // Those who have come may stand in new ones; one more, as whoever added them may have counted some who are over by now.
      ...(liveShards !== undefined &&
        come.length > 0 && { liveShards: grownShards(liveShards, members.size + come.length) + 1 }),
    },
    members: new Map([...staying, ...fresh]),
  };
}

/** Those who may read that number. */
export function readersOf(conversation: Conversation, seq: number): Conversation {
  const { head, members } = conversation;
  const readers = [...members].filter(([, { fromSeq = 1 }]) => fromSeq <= seq);
  return readers.length === members.size ? conversation : { head, members: new Map(readers) };
}
