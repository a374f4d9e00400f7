import { ProtocolError } from '../protocol/errors.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';

/** Where a conversation stands: the highest number known to be taken, and the time of its message. */
export type LogTail = {
  readonly seq: number;
  readonly sentAt: number;
  /** When it ends, of one that the head does not know. */
  readonly expiresAt?: number;
};

/** A duplicate stands there already, from an earlier attempt of the same send. */
export type Appended =
  | { readonly message: Message; readonly duplicate: false }
  | { readonly message: MessageHeader; readonly duplicate: true };

export type AppendMessageDeps = {
  readonly messages: Pick<MessageStore, 'append' | 'headers'>;
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
 * appended since, so it stores the message and proves that it is the only one, in one call. Times never fall with
 * rising numbers.
 */
export async function appendMessage(
  { messages, backoff, held }: AppendMessageDeps & { readonly held: boolean },
  tail: LogTail,
  build: (seq: number, sentAt: EpochMillis) => Message,
  onEarlierEnd: OnEarlierEnd,
): Promise<Appended> {
  let { seq, sentAt } = tail;
  let latest = tail.expiresAt ?? 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const message = build(seq + 1, sentAt as EpochMillis);
    if (attempt > 1) await backoff(attempt);
    if (message.expiresAt < latest) await onEarlierEnd(message, latest as EpochSeconds);
    const occupant = await messages.append(message, held);
    if (occupant === undefined) return { message, duplicate: false };
    let own = isSameSend(occupant, message) ? occupant : undefined;
    ({ seq, sentAt } = occupant);
    latest = Math.max(latest, occupant.expiresAt);
    while (own === undefined) {
      const page = await messages.headers(message.conversationId, { after: seq, limit: 100 });
      latest = Math.max(latest, ...page.headers.map(({ expiresAt }) => expiresAt));
      own = page.headers.find((other) => isSameSend(other, message));
      ({ seq, sentAt } = page.headers.at(-1) ?? { seq, sentAt });
      if (!page.more) break;
    }
    if (own !== undefined) return { message: own, duplicate: true };
  }
  throw new ProtocolError('CONFLICT');
}

type Identified = Partial<Pick<Message, 'from' | 'id'>>;

export function isSameSend(one: Identified, other: Required<Identified>): boolean {
  return one.from === other.from && one.id === other.id;
}
