import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type Chunk, type Exporter, lines } from './exporter.ts';
import { type ConversationList, conversationList, conversationListFile } from './pages/conversation-list.ts';

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

/** What a place within the second pass begins with; no id does. */
const listed = 'list ';

/** A line for each, for programs, and then pages that list them, a hundred each. */
export function exportConversations(deps: ExportConversationsDeps, hasPages: boolean): Exporter {
  return async function* each({ userId }, after) {
    if (!after?.startsWith(listed)) yield* entries(deps, userId, after);
    yield* lists(
      deps,
      { userId, hasPages },
      after?.startsWith(listed) ? after.slice(listed.length) : undefined,
    );
  };
}

async function* entries(
  deps: ExportConversationsDeps,
  userId: string,
  after: string | undefined,
): AsyncIterable<Chunk> {
  for await (const { conversationId, conversation } of conversationsOf(deps, userId, after)) {
    yield {
      after: conversationId,
      ...(conversation && { file: 'conversations.jsonl', data: lines([entry(conversation, userId)]) }),
    };
  }
}

/** `after` is the number of the last page, and the last id on it; no id, once there are no more. */
async function* lists(
  { conversations }: ExportConversationsDeps,
  { userId, hasPages }: Pick<ConversationList, 'userId' | 'hasPages'>,
  after: string | undefined,
): AsyncIterable<Chunk> {
  const [before = '0', reached] = after?.split(' ') ?? [];
  if (before !== '0' && reached === undefined) return;
  let from = reached;
  let number = Number(before);
  do {
    const { ids, next } = await conversations.listIds(userId, pageSize, from);
    const read = await Promise.all(ids.map(async (id) => conversations.read(id)));
    const there = read.filter((each) => each !== undefined).filter(({ members }) => members.has(userId));
    number += 1;
    const list = { userId, hasPages, conversations: there, number, isLast: next === undefined };
    yield {
      file: conversationListFile(number),
      isWhole: true,
      data: [conversationList(list)],
      after: `${listed}${[number, next].filter((each) => each !== undefined).join(' ')}`,
    };
    from = next;
  } while (from !== undefined);
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
