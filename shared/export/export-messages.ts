import type { Conversation } from '../stores/conversations/conversation.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochSeconds } from '../time.ts';
import { conversationsOf, type ExportConversationsDeps } from './export-conversations.ts';
import { type Exported, type Exporter, earliestOf, lines } from './exporter.ts';
import { type OwnView, ownView } from './own-view.ts';

export type ExportMessagesDeps = Pick<ExportConversationsDeps, 'conversations'> & {
  readonly messages: Pick<MessageStore, 'readable'>;
  readonly retention: AskRetention;
};

export type Page = {
  /** Undefined of one that can no longer be read. */
  readonly conversation: Conversation | undefined;
  readonly conversationId: string;
  readonly messages: readonly Message[];
  /** The number behind which the page begins. */
  readonly from: number;
  /** The number that it comes to; `end`: there was nothing behind it. */
  readonly reached: number | 'end';
  /** What tells whoever reads pages to go on behind this one. */
  readonly after: string;
  /** By the stamp, and by the policy as it is now. */
  readonly endOf: (message: Message) => EpochSeconds;
};

const pageSize = 100;

/** A file for each conversation, in the order of the numbers. */
export function exportMessages(deps: ExportMessagesDeps): Exporter {
  return async function* each(exported, after) {
    for await (const { conversationId, messages, after: reached, endOf } of readablePages(
      deps,
      exported,
      after,
    )) {
      const data = lines(messages);
      yield {
        after: reached,
        ...earliest(messages, endOf),
        ...(data.length > 0 && { file: `messages/${conversationId}.jsonl`, data }),
      };
    }
  };
}

/** Of what is in a chunk that has these messages. */
export const earliest = (messages: readonly Message[], endOf: Page['endOf']) => ({
  earliestEnd: earliestOf(messages.map(endOf)),
  earliestSent: earliestOf(messages.map(({ sentAt }) => sentAt)),
});

/**
 * What can be read of all conversations, a page at a time and one at least of each. `after` is the conversation and the number
 * reached in it; with `upTo` the first page goes no further than that.
 */
export async function* readablePages(
  deps: ExportMessagesDeps,
  { userId, until }: Exported,
  after: string | undefined,
  upTo?: number,
): AsyncIterable<Page> {
  const [begun, reached] = after?.split(' ') ?? [];
  if (begun !== undefined && reached !== 'end') {
    const view = await ownView(deps, userId, begun);
    if (view !== undefined) yield* pagesOf(view, Number(reached), upTo);
  }
  for await (const { conversationId, view } of conversationsOf(deps, userId, begun)) {
    if (view !== undefined) yield* pagesOf(view, 0);
    else yield { ...nothing, conversationId, after: `${conversationId} end` };
  }

  /** What is still there to be read at the end of the zip. */
  async function readableUntil() {
    return { ...(await deps.retention()), now: until };
  }

  async function* pagesOf(
    { conversation, isTheirs }: OwnView,
    begin: number,
    firstUpTo?: number,
  ): AsyncIterable<Page> {
    const { conversationId } = conversation.head;
    let from: number | undefined = begin;
    let to = firstUpTo;
    while (from !== undefined) {
      const range = { after: from, limit: pageSize, ...(to !== undefined && { before: to + 1 }) };
      const { more, ...page } = await deps.messages.readable(conversationId, range, readableUntil, {
        userId,
      });
      const messages = page.messages.filter(isTheirs);
      const last: number = to ?? page.reached ?? from;
      const next: number | undefined = more || to !== undefined ? last : undefined;
      const retention = await deps.retention();
      const endOf = (message: Message) => effectiveExpiry(message, retention);
      const reached = next ?? 'end';
      yield {
        conversation,
        conversationId,
        messages,
        from,
        reached,
        after: `${conversationId} ${reached}`,
        endOf,
      };
      from = next;
      to = undefined;
    }
  }
}

const nothing: Omit<Page, 'conversationId' | 'after'> = {
  conversation: undefined,
  messages: [],
  from: 0,
  reached: 'end',
  endOf: ({ expiresAt }) => expiresAt,
};
