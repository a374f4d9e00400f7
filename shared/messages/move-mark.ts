import { type AuthorizeMemberDeps, authorizeMember, memberOf } from '../conversations/authorize-member.ts';
import type { DeliveredFrame } from '../protocol/activity/frames.ts';
import { fanOut } from '../push/fan-out.ts';
import { recipients } from '../push/fan-out-message.ts';
import type { FanOutToMembersDeps } from '../push/fan-out-to-members.ts';
import { witnessesOf } from '../safety/hidden-from.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { isLarge, type Member } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Mark } from '../stores/conversations/mark.ts';
import { type NewestSeqDeps, newestSeq } from './newest-seq.ts';
import { type TellInTurnDeps, tellAuthorsInTurn } from './tell-authors.ts';

type Authors = Pick<TellInTurnDeps, 'messages' | 'readReceipts' | 'receiptJobs'>;

export type MoveMarkDeps = FanOutToMembersDeps &
  NewestSeqDeps &
  AuthorizeMemberDeps & {
    readonly conversations: Pick<ConversationStore, 'read'>;
    /** Absent where messages are not stored: there nothing says who wrote what was read. */
    readonly authors: Authors | undefined;
  };

export type Reader = { readonly userId: string; readonly connectionId: string };

export type MarkToMove = {
  readonly mark: Mark;
  /** How far the member is known to have come. */
  readonly placeOf: (member: Member) => number;
  /** False when they have come as far already. */
  readonly store: (
    conversationId: string,
    userId: string,
    seq: number,
    isHidden: boolean,
  ) => Promise<boolean>;
};

/**
 * Moves the member's mark forward, never back and never beyond the newest message; tells everybody, also the own other devices.
 * In a large group it tells these and, now and then, the authors of what it has passed. Who hides the mark tells nobody else, and who hides
 * theirs is told by nobody else.
 */
export async function moveMark(
  deps: MoveMarkDeps,
  { mark, placeOf, store }: MarkToMove,
  { userId, connectionId }: Reader,
  { conversationId, seq: asked }: Pick<DeliveredFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  if (asked <= placeOf(await authorizeMember(deps, conversationId, userId))) return;
  const { conversation, member } = memberOf(await deps.conversations.read(conversationId), userId);
  const { head } = conversation;
  const seq = asked <= head.lastSeq ? asked : Math.min(asked, await newestSeq(deps, head));
  if (seq <= placeOf(member)) return;
  const own = new Map([[userId, member]]);
  const isAmongMany = isLarge(conversation);
  const witnesses = witnessesOf(conversation, userId);
  const open = await recipients(deps, isAmongMany ? { members: own } : witnesses);
  // Of who is unknown, since this read has not found their new connection yet, nobody is told.
  const isHidden = witnesses !== conversation || hidesOf(open, userId)?.includes(mark) !== false;
  if (!(await store(conversationId, userId, seq, isHidden))) return;
  const push = { type: mark, conversationId, userId, seq } as const;
  const told = open.filter((each) =>
    each.userId === userId
      ? each.connectionId !== connectionId
      : !isHidden && each.hides?.includes(mark) !== true,
  );
  await Promise.all([
    fanOut(deps, told, push),
    isAmongMany &&
      !isHidden &&
      deps.authors &&
      tellAuthorsInTurn({ ...deps, ...deps.authors }, mark, conversation, member, seq),
  ]);
}

/** Undefined where none of their connections was found. */
function hidesOf(open: readonly Connection[], userId: string): readonly Mark[] | undefined {
  const own = open.find((each) => each.userId === userId);
  return own && (own.hides ?? []);
}
