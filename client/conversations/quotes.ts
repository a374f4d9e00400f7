import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { Clock } from '../time/clock.ts';
import { expiryTimer } from '../time/expiry-timer.ts';
import type { Request } from '../wire/actions.ts';

/**
 * What replies quote. A quote is never a copy of its own: it is the message, looked up by its number, so that it ends with it. What is
 * not among the messages that are here is asked for once a session, and forgotten when it ends, is erased or the session is over.
 */
export type Quotes = {
  /** Undefined while it is asked for, and for what cannot be read. */
  find(conversationId: string, seq: number): MessageBody | undefined;
  /** They are gone, or say something else now. */
  forget(conversationId: string, seqs: readonly number[]): void;
  /** Everything may be different. */
  clear(): void;
};

export type QuotesOptions = {
  readonly clock: Clock;
  readonly request: Request;
  /** `unknown` where the number is not among those that are here. */
  readonly here: (conversationId: string, seq: number) => MessageBody | 'gone' | 'unknown';
  /** One has come, or is gone. */
  readonly changed: () => void;
};

/** As many are kept: those asked for last. */
const most = 200;

type Found = { message?: MessageBody };

export function createQuotes({ clock, request, here, changed }: QuotesOptions): Quotes {
  const found = new Map<string, Found>();
  const keyOf = (conversationId: string, seq: number) => `${conversationId} ${seq}`;
  let asking = Promise.resolve();
  const expiry = expiryTimer(clock, () => {
    for (const each of found.values()) {
      const end = each.message?.expiresAt;
      if (end !== undefined && end * 1000 <= clock.now()) delete each.message;
      else if (end !== undefined) expiry.expect(end * 1000);
    }
    changed();
  });

  async function ask(conversationId: string, seq: number, asked: Found): Promise<void> {
    const key = keyOf(conversationId, seq);
    // Another one stands here where it was forgotten meanwhile: what comes then may be what is gone.
    const isAsked = () => found.get(key) === asked;
    if (!isAsked()) return;
    const page = await request('history', { conversationId, after: seq - 1, limit: 1 }).catch(
      () => undefined,
    );
    const message = page?.messages[0];
    if (message?.seq !== seq || !isAsked()) return;
    asked.message = message;
    expiry.expect(message.expiresAt * 1000);
    changed();
  }

  return {
    find(conversationId, seq) {
      const known = here(conversationId, seq);
      if (known !== 'unknown') return known === 'gone' ? undefined : known;
      const key = keyOf(conversationId, seq);
      const before = found.get(key);
      if (before !== undefined) {
        const { message } = before;
        return message !== undefined && message.expiresAt * 1000 > clock.now() ? message : undefined;
      }
      const asked: Found = {};
      found.set(key, asked);
      for (const oldest of [...found.keys()].slice(0, found.size - most)) found.delete(oldest);
      // One after the other: whoever opens a chat has more urgent questions.
      asking = asking.then(async () => ask(conversationId, seq, asked));
      return undefined;
    },
    forget(conversationId, seqs) {
      for (const seq of seqs) {
        const key = keyOf(conversationId, seq);
        if (found.has(key)) found.set(key, {});
      }
      changed();
    },
    clear() {
      found.clear();
      expiry.stop();
    },
  };
}
