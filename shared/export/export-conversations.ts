import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { EpochMillis } from '../time.ts';
import { type Exporter, lines } from './exporter.ts';

export type ExportConversationsDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'listIds'>;
  /** Undefined where profiles are not stored. */
  readonly titles: { readonly store: Pick<TitleStore, 'read'>; readonly retention: AskRetention } | undefined;
};

const pageSize = 100;

/** The conversations that the user is a member of when each is read, oldest id first. */
export async function* conversationsOf(
  deps: Pick<ExportConversationsDeps, 'conversations'>,
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
  return async function* each({ userId, until }, after) {
    for await (const conversation of conversationsOf(deps, userId, after)) {
      yield {
        file: 'conversations.jsonl',
        data: lines([entry(conversation, userId, await titleOf(deps, conversation, until))]),
        after: conversation.head.conversationId,
      };
    }
  };
}

async function titleOf(
  { titles }: ExportConversationsDeps,
  { head }: Conversation,
  until: EpochMillis,
): Promise<string | undefined> {
  const [title] = (await titles?.store.read([head.conversationId])) ?? [];
  if (titles === undefined || title === undefined) return undefined;
  return isProfileReadable(title, { ...(await titles.retention()), now: until }) ? title.title : undefined;
}

function entry({ head, members }: Conversation, userId: string, title: string | undefined): object {
  const { conversationId, kind, retention, createdAt, lastSeq } = head;
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
