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
      const data = lines(messages);
      yield {
        after: reached,
        earliestEnd: earliestOf(messages.map(endOf)),
        earliestSent: earliestOf(messages.map(({ sentAt }) => sentAt)),
        ...(data.length > 0 && { file: `messages/${conversationId}.jsonl`, data }),
      };
    }
  };
}

const earliestOf = <Time extends number>(times: readonly Time[]): Time | undefined =>
  times.toSorted((one, other) => one - other)[0];

/** What can be read of all conversations. `after` is the conversation and the number reached in it. */
export async function* readablePages(
  deps: ExportMessagesDeps,
  { userId, until }: Exported,
  after: string | undefined,
): AsyncIterable<Page> {
  const [begun, reached] = after?.split(' ') ?? [];
  if (begun !== undefined && (await deps.conversations.read(begun))?.members.has(userId)) {
    yield* pagesOf(begun, Number(reached));
  }
  for await (const { conversationId, conversation } of conversationsOf(deps, userId, begun)) {
    if (conversation !== undefined) yield* pagesOf(conversationId, undefined);
    else yield { ...nothing, conversationId, after: `${conversationId} 0` };
  }

  /** What is still there to be read at the end of the zip. */
  async function readableUntil() {
    return { ...(await deps.retention()), now: until };
  }

  /** One at least of each conversation; none behind the last message, so that whoever goes on from there comes further. */
  async function* pagesOf(conversationId: string, from: number | undefined): AsyncIterable<Page> {
    let last: number | undefined = from ?? 0;
    while (last !== undefined) {
      const page = await deps.messages.readable(
        conversationId,
        { after: last, limit: pageSize },
        readableUntil,
      );
      const { messages } = page;
      if (page.reached === undefined && from !== undefined) return;
      const reachedSeq: number = page.reached ?? last;
      const retention = await deps.retention();
      const endOf = (message: Message) => effectiveExpiry(message, retention);
      yield { conversationId, messages, after: `${conversationId} ${reachedSeq}`, endOf };
      last = page.more ? reachedSeq : undefined;
    }
  }
}

const nothing = { messages: [], endOf: ({ expiresAt }: Message) => expiresAt };
