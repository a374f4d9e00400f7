import { createHash } from 'node:crypto';
import { forwardedContent } from '../../messages/forwarded-content.ts';
import type { SendFrame } from '../../protocol/messages/frames.ts';
import { compose, together } from '../compose.ts';
import { messageRetention } from '../retention.ts';
import { now } from '../settings.ts';
import { forwardedMedia, holds, messages, readableRows } from '../stores.ts';

/** Looks up what is to be forwarded. */
export function forwarding(): (
  userId: string,
  from: { readonly conversationId: string; readonly seq: number },
) => Promise<Pick<SendFrame, 'content' | 'origin'>> {
  const deps = compose({ conversations: readableRows, messages, retention: messageRetention });
  return async (userId, from) => forwardedContent(deps, userId, from);
}

/** Gives media that was taken from another message to the message that is to show it. */
export const forwards = together({
  media: forwardedMedia,
  holds,
  retention: messageRetention,
  now,
  sha256: () => (text: string) => createHash('sha256').update(text).digest('base64url'),
});
