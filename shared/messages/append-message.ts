import { ProtocolError } from '../protocol/errors.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';
import type { Crowd } from './crowd.ts';
import type { FollowedMembers } from './follow-members.ts';

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
  readonly crowd: Crowd;
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
 *
 * Whoever waits looks afterwards, so that what was read is a round trip old when the put arrives, and not as old as the wait.
 * Where others were quicker a moment ago the head is behind them, and the first put would be refused: it looks before.
 */
export async function appendMessage(
  {
    messages,
    crowd,
    held,
    hiddenFor,
    members,
  }: AppendMessageDeps & {
    readonly held: boolean;
    readonly hiddenFor?: readonly string[];
    /** Taken past what the message is put behind. */
    readonly members?: Pick<FollowedMembers, 'pass'>;
  },
  tail: LogTail,
  build: (seq: number, sentAt: EpochMillis) => Message,
  onEarlierEnd: OnEarlierEnd,
): Promise<Appended> {
  let { seq, sentAt } = tail;
  let latest = tail.expiresAt ?? 0;
  const met: MessageHeader[] = [];
  const { conversationId, ...send } = build(seq + 1, sentAt as EpochMillis);
  let losses = crowd.busy.get(conversationId) === true ? 1 : 0;
  let own = losses > 0 ? await look() : undefined;
  for (let attempt = 0; own === undefined && attempt < attempts; attempt += 1) {
    await members?.pass(met.splice(0));
    const message = build(seq + 1, sentAt as EpochMillis);
    if (message.expiresAt < latest) await onEarlierEnd(message, latest as EpochSeconds);
    const occupant = await messages.append(message, held, hiddenFor);
    if (occupant === undefined) return { message, duplicate: false };
    crowd.busy.set(conversationId, true);
    losses += 1;
    goBehind(occupant);
    if (isSameSend(occupant, send)) own = occupant;
    else {
      await crowd.backoff(losses);
      own = await look();
    }
  }
  if (own === undefined) throw new ProtocolError('CONFLICT');
  return { message: own, duplicate: true };

  /** Reads on to the newest, unless the send itself is found. */
  async function look(): Promise<MessageHeader | undefined> {
    for (;;) {
      const page = await messages.headers(conversationId, { after: seq, limit: 100 });
      for (const header of page.headers) goBehind(header);
      const found = page.headers.find((other) => isSameSend(other, send));
      if (found !== undefined || !page.more) return found;
    }
  }

  function goBehind(header: MessageHeader): void {
    ({ seq, sentAt } = header);
    met.push(header);
    latest = Math.max(latest, header.expiresAt);
  }
}

type Identified = Partial<Pick<Message, 'from' | 'id'>>;

export function isSameSend(one: Identified, other: Required<Identified>): boolean {
  return one.from === other.from && one.id === other.id;
}
