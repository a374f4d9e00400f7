import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import {
  type ExportedTitle,
  type ExportTitlesDeps,
  exportedTitles,
  ownReplacedTitles,
} from './export-titles.ts';
import { type Chunk, type Exported, type Exporter, earliestOf, lines } from './exporter.ts';
import { type OwnView, ownView } from './own-view.ts';
import { conversationList, conversationListFile } from './pages/conversation-list.ts';

export type ExportConversationsDeps = ExportTitlesDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'readFormer' | 'listIds'>;
};

const pageSize = 100;

/** `view` is undefined of one that has ended, or that is nothing to the user when it is read. */
type Visited = { readonly conversationId: string; readonly view: OwnView | undefined };

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
      yield { conversationId, view: await ownView(deps, userId, conversationId) };
    }
    from = next;
  } while (from !== undefined);
}

/** What a place within the second pass begins with; no id does. */
const listed = 'list ';

/** A line for each, for programs, and then pages that list them, a hundred each. */
export function exportConversations(deps: ExportConversationsDeps, hasPages: boolean): Exporter {
  return async function* each(exported, after) {
    const place = after?.startsWith(listed) ? after.slice(listed.length) : undefined;
    if (place === undefined) yield* entries(deps, exported, after);
    yield* lists(deps, exported, hasPages, place);
  };
}

async function* entries(
  deps: ExportConversationsDeps,
  { userId, until }: Exported,
  after: string | undefined,
): AsyncIterable<Chunk> {
  for await (const { conversationId, view } of conversationsOf(deps, userId, after)) {
    const conversation = view?.conversation;
    const titles = conversation && (await exportedTitles(deps, [conversationId], until));
    const title = titles?.get(conversationId);
    const before = conversation && (await ownReplacedTitles(deps, userId, conversationId));
    yield {
      ...{ after: conversationId, earliestEnd: title?.end },
      ...(conversation && {
        file: 'conversations.jsonl',
        data: lines([
          { ...entry(conversation, userId, title), ...(before?.length && { earlierTitles: before }) },
        ]),
      }),
    };
  }
}

/** `after` is the number of the last page, and the last id on it; no id, once there are no more. */
async function* lists(
  deps: ExportConversationsDeps,
  { userId, until }: Exported,
  hasPages: boolean,
  after: string | undefined,
): AsyncIterable<Chunk> {
  const [before = '0', reached] = after?.split(' ') ?? [];
  if (before !== '0' && reached === undefined) return;
  let from = reached;
  let number = Number(before);
  do {
    const { ids, next } = await deps.conversations.listIds(userId, pageSize, from);
    const views = await Promise.all(ids.map(async (id) => ownView(deps, userId, id)));
    const there = views.flatMap((view) => view?.conversation ?? []);
    number += 1;
    const titles = await exportedTitles(deps, ids, until);
    const named = there.map(({ head, members }) => ({
      head,
      members,
      title: titles.get(head.conversationId)?.title,
    }));
    const list = { userId, hasPages, conversations: named, number, isLast: next === undefined };
    yield {
      file: conversationListFile(number),
      isWhole: true,
      data: [conversationList(list)],
      earliestEnd: earliestOf([...titles.values()].map(({ end }) => end)),
      after: `${listed}${[number, next].filter((each) => each !== undefined).join(' ')}`,
    };
    from = next;
  } while (from !== undefined);
}

function entry({ head, members }: Conversation, userId: string, title: ExportedTitle | undefined): object {
  const { conversationId, kind, retention, createdAt, lastSeq } = head;
  const { readSeq, deliveredSeq } = members.get(userId) ?? {};
  return {
    conversationId,
    kind,
    title: title?.title,
    members: [...members.keys()],
    createdAt,
    retention,
    lastSeq,
    readSeq,
    deliveredSeq,
  };
}
