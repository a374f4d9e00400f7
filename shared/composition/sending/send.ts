import type { Sockets } from '../../messages/read-ahead.ts';
import type { SendFrame } from '../../protocol/messages/frames.ts';
import { isMediaContent } from '../../protocol/messages/media-content.ts';
import type { SendResult } from '../../protocol/messages/table.ts';
import type { Sender } from '../../push/fan-out-message.ts';
import type { SendRequest } from '../../stores/messages/message.ts';

/** What becomes of a message that may be sent. Nothing is pushed, and no message stored, before `consented`. */
export type Send<Message = SendFrame> = (
  sender: Sender,
  message: Message,
  consented: Promise<Sockets | undefined>,
) => Promise<SendResult>;

/** The same of a message whose media, if it has any, has been looked at. */
export type SendProcessed = Send<SendRequest>;

/** What its sender is told of media; of what was forwarded all that everybody else is shown. */
export function shownOf({ content, forwarded }: SendRequest): Pick<SendResult, 'content' | 'media'> {
  if (!isMediaContent(content)) return {};
  return { media: content.media, ...(forwarded && { content }) };
}
