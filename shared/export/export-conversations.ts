import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type Exporter, lines } from './exporter.ts';

export type ExportConversationsDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'listIds'>;
};

const pageSize = 100;

/** `conversation` is undefined of one that has ended, or that the user is no member of when it is read. */
type Visited = { readonly conversationId: string; readonly conversation: Conversation | undefined };

/** The conversations of the user, lowest id first. */
export async function* conversationsOf(
  deps: ExportConversationsDeps,
  userId: string,
  after?: string,
): AsyncIterable<Visited> {
  let from = after;
  do {
    const { ids, next } = await deps.conversations.listIds(userId, pageSize, from);
    for (const conversationId of ids) {
      const conversation = await deps.conversations.read(conversationId);
      const isMember = conversation?.members.has(userId) === true;
      yield { conversationId, conversation: isMember ? conversation : undefined };
    }
    from = next;
  } while (from !== undefined);
}

export function exportConversations(deps: ExportConversationsDeps): Exporter {
  return async function* each({ userId }, after) {
    for await (const { conversationId, conversation } of conversationsOf(deps, userId, after)) {
      yield {
        after: conversationId,
        ...(conversation && { file: 'conversations.jsonl', data: lines([entry(conversation, userId)]) }),
      };
    }
  };
}

function entry({ head, members }: Conversation, userId: string): object {
  const { conversationId, kind, title, retention, createdAt, lastSeq } = head;
  const { readSeq } = members.get(userId) ?? {};
  return {
    conversationId,
    kind,
    title,
    members: [...members.keys()],
    createdAt,
    retention,
    lastSeq,
    readSeq,
  };
}
