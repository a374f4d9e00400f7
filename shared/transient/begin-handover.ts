import { ProtocolError } from '../protocol/errors.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { Recipient } from '../stores/handovers/handover.ts';
import type { HandoverStore } from '../stores/handovers/handover-store.ts';
import type { Message } from '../stores/messages/message.ts';
import type { Clock, EpochSeconds } from '../time.ts';

export type BeginHandoverDeps = {
  readonly handovers: Pick<HandoverStore, 'begin'>;
  readonly handoverSeconds: number;
  readonly now: Clock;
};

/** Before the push, which may be answered by a download at once. */
export type BeginHandover = (message: Message, recipients: readonly Recipient[]) => Promise<void>;

/** Where nobody is connected it is over as it begins. */
export function beginHandover({ handovers, handoverSeconds, now }: BeginHandoverDeps): BeginHandover {
  return async ({ conversationId, seq, expiresAt, content }, recipients) => {
    if (!isMediaContent(content)) return;
    const {
      mediaId,
      media: { variants = [] },
    } = content;
    const end = Math.min(expiryOf(now(), recipients.length === 0 ? 0 : handoverSeconds), expiresAt);
    const handover = { conversationId, seq, mediaId, variants, until: end as EpochSeconds };
    if (!(await handovers.begin(handover, recipients))) throw new ProtocolError('MEDIA_MISMATCH');
  };
}
