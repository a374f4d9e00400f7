import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochSeconds } from '../time.ts';
import { conversationsOf, type ExportConversationsDeps } from './export-conversations.ts';
import { type Exported, type Exporter, lines } from './exporter.ts';

export type ExportMessagesDeps = Pick<ExportConversationsDeps, 'conversations'> & {
  readonly messages: Pick<MessageStore, 'readable'>;
  readonly retention: AskRetention;
};

type Page = {
  readonly conversationId: string;
  readonly messages: readonly Message[];
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
      yield {
        file: `messages/${conversationId}.jsonl`,
        data: lines(messages),
        after: reached,
        earliestEnd: earliestOf(messages.map(endOf)),
      };
    }
  };
}

const earliestOf = (ends: readonly EpochSeconds[]): EpochSeconds | undefined =>
  ends.toSorted((one, other) => one - other)[0];

/** What can be read of all conversations. `after` is the conversation and the number reached in it. */
export async function* readablePages(
  deps: ExportMessagesDeps,
  { userId, until }: Exported,
  after: string | undefined,
): AsyncIterable<Page> {
  const [conversationId, reached] = after?.split(' ') ?? [];
  if (conversationId !== undefined && (await deps.conversations.read(conversationId))?.members.has(userId)) {
    yield* pagesOf(conversationId, Number(reached));
  }
  for await (const { head } of conversationsOf(deps, userId, conversationId)) {
    yield* pagesOf(head.conversationId, 0);
  }

  /** What is still there to be read at the end of the zip. */
  async function readableUntil() {
    return { ...(await deps.retention()), now: until };
  }

  async function* pagesOf(id: string, from: number): AsyncIterable<Page> {
    let last: number | undefined = from;
    while (last !== undefined) {
      const page = await deps.messages.readable(id, { after: last, limit: pageSize }, readableUntil);
      const { messages, reached: reachedSeq } = page;
      if (reachedSeq !== undefined) {
        const retention = await deps.retention();
        const endOf = (message: Message) => effectiveExpiry(message, retention);
        yield { conversationId: id, messages, after: `${id} ${reachedSeq}`, endOf };
      }
      last = page.more ? reachedSeq : undefined;
    }
  }
}
