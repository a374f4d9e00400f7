import { ProtocolError } from '../protocol/errors.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';

/** Where a conversation stands: the highest number known to be taken, and the time of its message. */
export type Tail = {
  readonly seq: number;
  readonly sentAt: number;
  /** When it ends, of one that the head does not know. */
  readonly expiresAt?: number;
};

export type Placement = { readonly message: Message; readonly duplicate: boolean };

export type PlaceMessageDeps = {
  readonly messages: Pick<MessageStore, 'put' | 'list'>;
  /** Lets the others of a crowd go first; the loser of one race alone does not wait. */
  readonly backoff: (attempt: number) => Promise<void>;
};

/** Told, before the message is stored, of one in front of it that nobody knew of and that ends later. */
export type OnEarlierEnd = (message: Message, latest: EpochSeconds) => Promise<void>;

/** Each lost race means that another message was stored, so more than a burst of them is a storm. */
const attempts = 200;

/**
 * Puts the message at the first free number after `tail`. The caller knows that this `(from, id)` stands nowhere at
 * or before `tail`. A conditional put at a number right after one that is taken succeeds only if nothing has been
 * placed since, so it stores the message and proves that it is the only one, in one call. Times never fall with
 * rising numbers.
 */
export async function placeMessage(
  { messages, backoff, held }: PlaceMessageDeps & { readonly held: boolean },
  tail: Tail,
  build: (seq: number, sentAt: EpochMillis) => Message,
  onEarlierEnd: OnEarlierEnd,
): Promise<Placement> {
  let { seq, sentAt } = tail;
  let latest = tail.expiresAt ?? 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const message = build(seq + 1, sentAt as EpochMillis);
    if (attempt > 1) await backoff(attempt);
    if (message.expiresAt < latest) await onEarlierEnd(message, latest as EpochSeconds);
    const occupant = await messages.put(message, held);
    if (occupant === undefined) return { message, duplicate: false };
    let own = isSameSend(occupant, message) ? occupant : undefined;
    ({ seq, sentAt } = occupant);
    latest = Math.max(latest, occupant.expiresAt);
    while (own === undefined) {
      const page = await messages.list(message.conversationId, {
        after: seq,
        limit: 100,
        newestFirst: false,
      });
      latest = Math.max(latest, ...page.messages.map(({ expiresAt }) => expiresAt));
      own = page.messages.find((other) => isSameSend(other, message));
      ({ seq, sentAt } = page.messages.at(-1) ?? { seq, sentAt });
      if (!page.more) break;
    }
    if (own !== undefined) return { message: own, duplicate: true };
  }
  throw new ProtocolError('CONFLICT');
}

type Identified = Pick<Message, 'from' | 'id'>;

export function isSameSend(one: Identified, other: Identified): boolean {
  return one.from === other.from && one.id === other.id;
}
