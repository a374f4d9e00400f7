import { compose, merged, together } from '../../shared/composition/compose.ts';
import { processor, pushing } from '../../shared/composition/gateways.ts';
import { ifMediaIsHandedOver } from '../../shared/composition/modes.ts';
import { handoverSeconds, now, retentionSeconds } from '../../shared/composition/settings.ts';
import { conversationRows, conversations, handovers, relays } from '../../shared/composition/stores.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { handOver } from '../../shared/transient/hand-over.ts';
import { relayMedia } from '../../shared/transient/relay-media.ts';
import { relayMessage } from '../../shared/transient/relay-message.ts';
import type { Send } from './send.ts';

/** Where messages are not stored: the message is numbered and pushed, and media are there until they are fetched. */
export function passThrough(): Send {
  const media = ifMediaIsHandedOver(together({ handovers, handoverSeconds, now, processor }));
  const parts = compose({
    ...pushing,
    conversations: merged(conversations, conversationRows),
    relays,
    retentionSeconds,
    media,
  });
  const deps = { ...parts, handOver: parts.media && handOver(parts.media) };
  return async (sender, frame) => {
    const { content, ...rest } = frame;
    if (content.type === 'text') return relayMessage(deps, sender, { ...rest, content });
    if (deps.media === undefined) throw new ProtocolError('NOT_STORED');
    return relayMedia({ ...deps, processor: deps.media.processor }, sender, frame);
  };
}
