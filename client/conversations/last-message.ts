import type { LastMessage } from '../../shared/protocol/conversations/table.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import type { MessageBody, WrittenContent } from '../../shared/protocol/messages/table.ts';

/** Characters of a preview. */
const longest = 100;

export type IsBlocked = (userId: string) => boolean;

/** What a list shows of a message; nothing of who came and went, nor of what a blocked person writes. */
function shown(
  { seq, from, sentAt, expiresAt, content }: MessageBody,
  isBlocked: IsBlocked,
): LastMessage | undefined {
  if (content.type === 'event' || isBlocked(from)) return undefined;
  const preview = [...listedText(content)].slice(0, longest).join('');
  return {
    ...{ seq, from, sentAt, expiresAt, type: content.type, preview },
    ...(isMediaContent(content) && content.voice && { voice: content.voice }),
  };
}

function listedText(content: WrittenContent): string {
  if (content.type === 'text') return content.text;
  return content.type === 'custom' ? content.kind : (content.caption ?? content.name ?? '');
}

/** Undefined where the message is not newer, or not to be shown in a list. */
export function newerLast(
  known: LastMessage | undefined,
  message: MessageBody,
  isBlocked: IsBlocked,
): LastMessage | undefined {
  return message.seq > (known?.seq ?? 0) ? shown(message, isBlocked) : undefined;
}

/** The newest of these that a list shows. */
export function lastOf(messages: readonly MessageBody[], isBlocked: IsBlocked): LastMessage | undefined {
  const newest = messages.findLast((message) => shown(message, isBlocked) !== undefined);
  return newest && shown(newest, isBlocked);
}

/** Not a number where messages are not stored, which then never are over. */
export const isOver = ({ expiresAt }: Pick<LastMessage, 'expiresAt'>, now: number): boolean =>
  expiresAt * 1000 <= now;

/** Whether somebody who has not read it has something to read. */
export const counted = (
  { from, content }: Pick<MessageBody, 'from' | 'content'>,
  userId: string | undefined,
  isBlocked: IsBlocked,
): boolean => from !== userId && content.type !== 'event' && !isBlocked(from);
