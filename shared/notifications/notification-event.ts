import { eventId } from '../events/event-id.ts';
import type { BusEvent } from '../events/system-event.ts';
import type { DueMessage } from './due-message.ts';

/** That somebody is to be notified of a message: ids, its kind and whether it names them. Nothing of what it says. */
export function notificationEvent(
  { conversationId, seq, from, sentAt, content, mentions, mentionsAll }: DueMessage,
  userId: string,
): BusEvent {
  return {
    detailType: 'lapse.notification.due',
    detail: {
      eventId: eventId('notification', conversationId, seq, userId),
      version: 1,
      occurredAt: new Date(sentAt).toISOString(),
      ...{ userId, conversationId, seq, from },
      contentType: content.type,
      mentioned: mentionsAll || mentions.has(userId),
    },
  };
}
