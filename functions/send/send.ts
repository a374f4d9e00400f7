import type { SendFrame } from '../../shared/protocol/client-frames.ts';
import type { SendResult } from '../../shared/protocol/server-frames.ts';
import type { Sender } from '../../shared/push/deliver-message.ts';

/** What becomes of a message that may be sent. */
export type Send = (sender: Sender, frame: SendFrame) => Promise<SendResult>;
