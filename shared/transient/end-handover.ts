import type { Handover } from '../stores/handovers/handover.ts';
import type { HandoverStore } from '../stores/handovers/handover-store.ts';
import type { RemoveMedia } from '../stores/media/remove-media.ts';

export type EndHandoverDeps = {
  readonly removeMedia: RemoveMedia;
  readonly handovers: Pick<HandoverStore, 'remove'>;
};

/** Objects first: whatever is cut short is found again by the handover. */
export async function endHandover(
  { removeMedia, handovers }: EndHandoverDeps,
  { conversationId, seq, mediaId }: Pick<Handover, 'conversationId' | 'seq' | 'mediaId'>,
): Promise<void> {
  await removeMedia({ conversationId, mediaId });
  await handovers.remove({ conversationId, seq });
}
