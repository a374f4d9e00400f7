import { forwardedContent } from '../../messages/forwarded-content.ts';
import type { Content } from '../../protocol/messages/frames.ts';
import { compose } from '../compose.ts';
import { messageRetention } from '../retention.ts';
import { messages, readableRows } from '../stores.ts';

/** Looks up what is to be forwarded. */
export function forwarding(): (
  userId: string,
  from: { readonly conversationId: string; readonly seq: number },
) => Promise<Content> {
  const deps = compose({ conversations: readableRows, messages, retention: messageRetention });
  return async (userId, from) => forwardedContent(deps, userId, from);
}
