import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ExactMessageStore, StoredMessage } from '../stores/messages/exact-message-store.ts';
import type { Pin } from '../stores/pins/pin-store.ts';

export type PinsLeftDeps = { readonly messages: ExactMessageStore; readonly retention: AskRetention };

export type PinLeft = StoredMessage & { readonly pin: Pin };

/**
 * Of these pins those whose message is there and says that it is pinned, in their order. What is erased, taken back or over says so no
 * more: a pin never outlives its message, whatever the list says.
 */
export async function pinsLeft(
  { messages, retention }: PinsLeftDeps,
  conversationId: string,
  pins: readonly Pin[],
): Promise<readonly PinLeft[]> {
  const found = await messages.readExactly(
    conversationId,
    pins.map(({ seq }) => seq),
  );
  // What decides is the answer from after the read.
  const ruling = await retention();
  const standing = new Map(
    found
      .filter(({ header, message }) => message.pinnedAt !== undefined && isReadable(header, ruling))
      .map((each) => [each.header.seq, each]),
  );
  return pins.flatMap((pin) => {
    const stored = standing.get(pin.seq);
    return stored === undefined ? [] : [{ ...stored, pin }];
  });
}
