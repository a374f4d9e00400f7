import { fanOut } from '../push/fan-out.ts';
import { recipients } from '../push/fan-out-message.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { Message } from '../stores/messages/message.ts';
import type { AnnounceChangeDeps } from './announce-change.ts';

export type AnnouncedTitle = {
  readonly conversation: Conversation;
  readonly event: Message;
  readonly title: string | null;
  readonly by: string;
};

/** Tells whoever is connected, and makes the event's number known. */
export type AnnounceTitle = (announced: AnnouncedTitle) => Promise<void>;

/** Long enough for a busy gateway to breathe. */
const retrySeconds = 2;

/**
 * The event as any message, which is tried again; what the group is called by a push of its own, which is a hint: whoever gets the event
 * and not that asks for the list.
 */
export function announceTitle(deps: AnnounceChangeDeps): AnnounceTitle {
  return async ({ conversation, event, title, by }) => {
    const { conversationId, seq } = event;
    if (deps.retries !== undefined) await deps.conversations.advanceLastSeq(event);
    const open = await recipients(deps, conversation);
    await fanOut(deps, open, { type: 'title', conversationId, seq, title, by });
    const later = await fanOut(deps, open, { type: 'message', message: event });
    if (later.length > 0)
      await deps.retries?.add(
        { conversationId, seq, connectionIds: later.map((each) => each.connectionId) },
        retrySeconds,
        conversationId,
      );
  };
}
