import type { Push } from '../protocol/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import { without } from '../safety/hidden-from.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ExactMessageStore } from '../stores/messages/exact-message-store.ts';
import type { Message } from '../stores/messages/message.ts';
import { readersOf } from './follow-members.ts';

/** Tells whoever is connected and may read it how a message is now: a hint. Who misses it asks for the changes. */
export type TellChanged = (conversation: Conversation, seq: number) => Promise<void>;

export type TellChangedDeps = FanOutToMembersDeps & {
  readonly messages: ExactMessageStore;
  readonly retention: AskRetention;
};

/** As it is stored by then: of two changes the later one is told twice, and the earlier one never after it. */
export function tellChanged(deps: TellChangedDeps): TellChanged {
  return async (conversation, seq) => {
    const { conversationId } = conversation.head;
    const [found] = await deps.messages.readExactly(conversationId, [seq]);
    if (found === undefined || !isReadable(found.header, await deps.retention())) return;
    const push = changedPush(found.message);
    const readers = without(readersOf(conversation, seq), found.header.hiddenFor);
    if (push !== undefined) await fanOutToMembers(deps, readers, push);
  };
}

/** How it is now; undefined of what has not changed. */
export function changedPush(message: Message): Push<'edited' | 'recalled'> | undefined {
  const { conversationId, seq, rev, content, editedAt, recalledAt } = message;
  if (rev === undefined) return undefined;
  if (recalledAt !== undefined) return { type: 'recalled', conversationId, seq, rev, recalledAt };
  if (editedAt !== undefined) return { type: 'edited', conversationId, seq, rev, content, editedAt };
  return undefined;
}
