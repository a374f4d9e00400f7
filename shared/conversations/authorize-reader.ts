import { ProtocolError } from '../protocol/errors.ts';
import type { FormerMember, Member, Stint } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AuthorizeMemberDeps } from './authorize-member.ts';

export type AuthorizeReaderDeps = AuthorizeMemberDeps & {
  readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer'>;
};

/** Numbers that somebody may read, both inclusive. */
export type ReadableRange = { readonly from: number; readonly to: number };

export type Reader = {
  /** Undefined of who has left. */
  readonly member: Member | undefined;
  readonly former: FormerMember | undefined;
  /** At least one, lowest first. */
  readonly ranges: readonly ReadableRange[];
};

/**
 * A member, or who has been one: what of it they may read. Who is neither is told NOT_FOUND after the same two calls, whether or not
 * there is such a conversation. A member who has never left costs one.
 */
export async function authorizeReader(
  deps: AuthorizeReaderDeps,
  conversationId: string,
  userId: string,
): Promise<Reader> {
  const reader = await authorizeAuthor(deps, conversationId, userId);
  if (reader.ranges.length === 0) throw new ProtocolError('NOT_FOUND');
  return reader;
}

/** Likewise, also who may no longer read anything: what they wrote is theirs. */
export async function authorizeAuthor(
  { conversations, consented }: AuthorizeReaderDeps,
  conversationId: string,
  userId: string,
): Promise<Reader> {
  const reading = conversations.readMember(conversationId, userId);
  // Whatever the row says, and although it is read at the same time: who has withdrawn is told that alone.
  reading.catch(() => undefined);
  await consented;
  const member = await reading;
  const former =
    member === undefined || member.returned === true
      ? await conversations.readFormer(conversationId, userId)
      : undefined;
  if (member === undefined && former === undefined) throw new ProtocolError('NOT_FOUND');
  return { member, former, ranges: readableRanges(member, former) };
}

/** Lowest first; they may touch, and never overlap. */
export function readableRanges(
  member: Pick<Member, 'fromSeq'> | undefined,
  former: Pick<FormerMember, 'fromSeq' | 'toSeq' | 'earlier'> | undefined,
): readonly ReadableRange[] {
  const stints: readonly Pick<Stint, 'fromSeq' | 'toSeq'>[] =
    former === undefined ? [] : [former, ...(former.earlier ?? [])];
  const left = stints
    .filter(({ fromSeq, toSeq }) => toSeq >= fromSeq)
    .map(({ fromSeq: from, toSeq: to }) => ({ from, to }));
  const now = member === undefined ? [] : [{ from: member.fromSeq ?? 1, to: Number.MAX_SAFE_INTEGER }];
  return [...left, ...now].toSorted((one, other) => one.from - other.from);
}

export function isReadableBy(ranges: readonly ReadableRange[], seq: number): boolean {
  return ranges.some(({ from, to }) => seq >= from && seq <= to);
}

/** From the first number to the last, with what lies between them. */
export function spanOf(ranges: readonly ReadableRange[]): ReadableRange {
  return {
    from: Math.min(...ranges.map(({ from }) => from)),
    to: Math.max(...ranges.map(({ to }) => to)),
  };
}
