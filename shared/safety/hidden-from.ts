import type { Audience } from '../push/live-connections.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';

type Blocks = Pick<Conversation, 'members'> & { readonly head: Pick<Conversation['head'], 'kind'> };

/** Who is not to know of what this person writes there now: the one who blocks them. In a group everybody knows. */
export function hiddenFrom({ head, members }: Blocks, userId: string): readonly string[] {
  if (head.kind !== 'direct') return [];
  return [...members.values()].flatMap((each) =>
    each.blocks && each.userId !== userId ? [each.userId] : [],
  );
}

/** All but these. */
export function without<Room extends Audience>(audience: Room, userIds: readonly string[] = []): Room {
  if (userIds.length === 0) return audience;
  const members = new Map([...audience.members].filter(([userId]) => !userIds.includes(userId)));
  return { ...audience, members };
}

/** Who learns of what this person does there beside writing: where one of two blocks the other, nobody but themselves. */
export function witnessesOf(conversation: Conversation, userId: string): Conversation {
  const { head, members } = conversation;
  const isBlocked = head.kind === 'direct' && [...members.values()].some(({ blocks }) => blocks === true);
  return isBlocked
    ? without(
        conversation,
        [...members.keys()].filter((each) => each !== userId),
      )
    : conversation;
}
