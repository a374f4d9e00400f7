import type { Limits } from '../configuration/limits.ts';
import { type GiveTitleDeps, giveTitle } from '../conversations/give-title.ts';
import type { OpenFrame } from '../protocol/conversations/frames.ts';
import type { OpenResult } from '../protocol/conversations/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { endWithoutMessage, hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { Clock } from '../time.ts';

export type OpenRoomDeps = {
  readonly conversations: Pick<ConversationStore, 'create' | 'readHead' | 'prolongMember'>;
  readonly titles: GiveTitleDeps['titles'];
  readonly holds: Pick<HoldStore, 'among'>;
  readonly limits: Pick<Limits, 'titleBytes'>;
  readonly retentionSeconds: number;
  readonly messagesStored: boolean;
  /** Whether people make rooms here. */
  readonly rooms: boolean;
  readonly now: Clock;
};

/**
 * A room with nobody in it: who opens it is its owner, and watches it like anybody else. A repeat is the same room; until something is
 * written there it does once more what a crash may have left undone.
 */
export async function openRoom(
  deps: OpenRoomDeps,
  userId: string,
  frame: Pick<OpenFrame, 'members' | 'retention' | 'title'>,
  conversationId: string,
): Promise<OpenResult> {
  if (frame.members.some((member) => member !== userId)) throw new ProtocolError('INVALID_FRAME');
  if (frame.retention !== undefined && frame.retention > deps.retentionSeconds)
    throw new ProtocolError('INVALID_FRAME');
  if (frame.title !== undefined && Buffer.byteLength(frame.title) > deps.limits.titleBytes)
    throw new ProtocolError('TOO_LARGE');
  if (!deps.messagesStored) throw new ProtocolError('NOT_STORED');
  if (!deps.rooms) throw new ProtocolError('NOT_FOUND');
  const head = await deps.conversations.readHead(conversationId);
  const isThere = head !== undefined && !hasEnded(head, deps.now());
  if (isThere && head.lastSeq > 0)
    return { conversationId, kind: 'room', members: [userId], lastSeq: head.lastSeq };
  const { users } = await deps.holds.among({ users: [userId] });
  await deps.conversations.create(
    {
      conversationId,
      kind: 'room',
      createdAt: deps.now(),
      expiresAt: endWithoutMessage(deps.now()),
      ...(frame.retention !== undefined && { retention: frame.retention }),
      liveShards: 1,
    },
    [userId],
    users,
    userId,
  );
  if (frame.title !== undefined)
    await giveTitle(deps, { by: userId, conversationId, title: frame.title }, users.has(userId));
  return { conversationId, kind: 'room', members: [userId], lastSeq: 0 };
}
