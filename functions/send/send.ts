import type { Sockets } from '../../shared/messages/read-ahead.ts';
import type { SendFrame } from '../../shared/protocol/messages/frames.ts';
import type { SendResult } from '../../shared/protocol/messages/table.ts';
import type { Sender } from '../../shared/push/fan-out-message.ts';

/** What becomes of a message that may be sent. Nothing is pushed, and no message stored, before `consented`. */
export type Send = (
  sender: Sender,
  frame: SendFrame,
  consented: Promise<Sockets | undefined>,
) => Promise<SendResult>;
