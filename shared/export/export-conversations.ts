import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isProfileReadable, profileExpiry } from '../stores/profiles/profile.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';
import { type Exporter, lines } from './exporter.ts';

export type ExportConversationsDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'listIds'>;
  /** Undefined where profiles are not stored. */
  readonly titles: { readonly store: Pick<TitleStore, 'read'>; readonly retention: AskRetention } | undefined;
};

const pageSize = 100;

/** `conversation` is undefined of one that has ended, or that the user is no member of when it is read. */
type Visited = { readonly conversationId: string; readonly conversation: Conversation | undefined };

/** The conversations of the user, lowest id first. */
export async function* conversationsOf(
  deps: Pick<ExportConversationsDeps, 'conversations'>,
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
  return async function* each({ userId, until }, after) {
    for await (const { conversationId, conversation } of conversationsOf(deps, userId, after)) {
      if (conversation === undefined) {
        yield { after: conversationId };
        continue;
      }
      const { title, earliestEnd } = await titleOf(deps, conversation, until);
      yield {
        after: conversationId,
        file: 'conversations.jsonl',
        data: lines([entry(conversation, userId, title)]),
        earliestEnd,
      };
    }
  };
}

async function titleOf(
  { titles }: ExportConversationsDeps,
  { head }: Conversation,
  until: EpochMillis,
): Promise<{ readonly title?: string; readonly earliestEnd?: EpochSeconds }> {
  const [title] = (await titles?.store.read([head.conversationId])) ?? [];
  if (titles === undefined || title === undefined) return {};
  const ruling = { ...(await titles.retention()), now: until };
  if (!isProfileReadable(title, ruling)) return {};
  return { title: title.title, earliestEnd: profileExpiry(title, ruling) };
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
