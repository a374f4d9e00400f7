import type { MembersFrame } from '../protocol/conversations/frames.ts';
import type { MembersResult } from '../protocol/conversations/table.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type AuthorizeMemberDeps, readAsMember } from './authorize-member.ts';
import { rolesOf } from './roles.ts';

export type ListMembersDeps = AuthorizeMemberDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
};

/** The reply is one frame, and an id may have 128 characters. */
const pageSize = 100;

/** Who can read what is written there: told to each of them. */
export async function listMembers(
  deps: ListMembersDeps,
  userId: string,
  { conversationId, cursor }: Pick<MembersFrame, 'conversationId' | 'cursor'>,
): Promise<MembersResult> {
  const { conversation } = await readAsMember(deps, conversationId, userId);
  return membersPage(conversation, cursor);
}

/** Those behind that id, in the order of their ids. */
export function membersPage({ head, members }: Conversation, after = ''): MembersResult {
  const ids = [...members.keys()].filter((id) => id > after).sort();
  const page = ids.slice(0, pageSize);
  // Of a direct conversation nobody is the owner.
  const roles = head.kind === 'direct' ? {} : rolesOf(members.values());
  const next = ids.length > pageSize ? page.at(-1) : undefined;
  return {
    members: page,
    roles: Object.fromEntries(Object.entries(roles).filter(([id]) => page.includes(id))),
    revision: head.revision ?? 0,
    ...(next !== undefined && { next }),
  };
}
