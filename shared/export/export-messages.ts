import { isReadable } from '../messages/message.ts';
import type { MessageStore } from '../messages/message-store.ts';
import { conversationsOf, type ExportConversationsDeps } from './export-conversations.ts';
import { type Exporter, lines } from './exporter.ts';

export type ExportMessagesDeps = ExportConversationsDeps & {
  readonly messages: Pick<MessageStore, 'list'>;
  readonly retentionSeconds: number;
};

const pageSize = 100;

/** A file for each conversation, in the order of the numbers. `after` is the conversation and the number reached in it. */
export function exportMessages(deps: ExportMessagesDeps): Exporter {
  return async function* each(exported, after) {
    const { userId } = exported;
    const [conversationId, reached] = after?.split(' ') ?? [];
    if (
      conversationId !== undefined &&
      (await deps.conversations.read(conversationId))?.members.has(userId)
    ) {
      yield* messagesOf(conversationId, Number(reached));
    }
    for await (const { head } of conversationsOf(deps, userId, conversationId)) {
      yield* messagesOf(head.conversationId, 0);
    }

    async function* messagesOf(id: string, from: number) {
      let last: number | undefined = from;
      while (last !== undefined) {
        const page = await deps.messages.list(id, { after: last, limit: pageSize, newestFirst: false });
        const kept = page.messages.filter((each) => isReadable(each, deps.retentionSeconds, exported.until));
        const reachedSeq = page.messages.at(-1)?.seq;
        if (reachedSeq !== undefined) {
          yield { file: `messages/${id}.jsonl`, data: lines(kept), after: `${id} ${reachedSeq}` };
        }
        last = page.more ? reachedSeq : undefined;
      }
    }
  };
}
