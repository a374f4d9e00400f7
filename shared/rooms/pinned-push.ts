import type { Push } from '../protocol/table.ts';
import type { Message } from '../stores/messages/message.ts';

/** Whether a message is pinned now, without what it says. */
export function pinnedPush({ conversationId, seq, rev = 0, pinnedAt }: Message): Push<'pinned'> {
  return {
    ...{ type: 'pinned', conversationId, seq, rev, on: pinnedAt !== undefined },
    ...(pinnedAt !== undefined && { pinnedAt }),
  };
}
