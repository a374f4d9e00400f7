import { authorizeMember } from '../conversations/authorize-member.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import { effectiveExpiry, isReadable } from '../messages/message.ts';
import type { MessageStore } from '../messages/message-store.ts';
import type { DownloadFrame } from '../protocol/client-frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { DownloadResult } from '../protocol/server-frames.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { objectKey } from './media-objects.ts';
import type { MediaUrls } from './media-url-gateway.ts';

export type GiveDownloadDeps = {
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly messages: Pick<MessageStore, 'list'>;
  readonly urls: Pick<MediaUrls, 'get'>;
  readonly retentionSeconds: number;
  readonly now: Clock;
};

/** What an address given now can still do after a shorter policy or an erasure is over by then. */
const longestSeconds = 120;

/** To members, for a message that can be read at this instant, and never past its end. */
export async function giveDownload(
  deps: GiveDownloadDeps,
  userId: string,
  { conversationId, seq, variant }: DownloadFrame,
): Promise<DownloadResult> {
  const [conversation, { messages }] = await Promise.all([
    deps.conversations.read(conversationId),
    deps.messages.list(conversationId, { after: seq - 1, before: seq + 1, limit: 1, newestFirst: false }),
  ]);
  authorizeMember(conversation, userId);
  const [message] = messages;
  const now = deps.now();
  if (message === undefined || !isReadable(message, deps.retentionSeconds, now))
    throw new ProtocolError('NOT_FOUND');
  const { content } = message;
  if (content.type === 'text') throw new ProtocolError('NOT_FOUND');
  if (variant !== undefined && !content.media.variants?.includes(variant))
    throw new ProtocolError('NOT_FOUND');
  const from = epochSeconds(now);
  const end = effectiveExpiry(message, deps.retentionSeconds);
  const expiresAt = Math.min(end, from + longestSeconds) as EpochSeconds;
  const key = objectKey({ conversationId, mediaId: content.mediaId }, variant ?? 'original');
  return { url: await deps.urls.get(key, from, expiresAt), expiresAt };
}
