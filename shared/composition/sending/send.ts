import type { Sockets } from '../../messages/read-ahead.ts';
import type { SendFrame } from '../../protocol/messages/frames.ts';
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
