import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type Exporter, lines } from './exporter.ts';

export type ExportConversationsDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'listIds'>;
};

const pageSize = 100;

/** The conversations that the user is a member of when each is read, oldest id first. */
export async function* conversationsOf(
  deps: ExportConversationsDeps,
  userId: string,
  after?: string,
): AsyncIterable<Conversation> {
  let from = after;
  do {
    const { ids, next } = await deps.conversations.listIds(userId, pageSize, from);
    for (const id of ids) {
      const conversation = await deps.conversations.read(id);
      if (conversation?.members.has(userId)) yield conversation;
    }
    from = next;
  } while (from !== undefined);
}

export function exportConversations(deps: ExportConversationsDeps): Exporter {
  return async function* each({ userId }, after) {
    for await (const conversation of conversationsOf(deps, userId, after)) {
      yield {
        file: 'conversations.jsonl',
        data: lines([entry(conversation, userId)]),
        after: conversation.head.conversationId,
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
