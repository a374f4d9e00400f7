import type { LapseClient } from '../../lapse-client.ts';
import { LapseError } from '../../lapse-error.ts';
import { newId } from '../../new-id.ts';
import { errorWords } from './error-words.ts';

/** A message of this person's that is not among the server's yet. */
export type Sending = {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly sentAt: number;
  readonly expiresAt?: number;
  readonly status: 'sending' | 'sent' | 'failed';
  readonly reason?: string;
  /** Whether the same text may be accepted later. */
  readonly retryable?: boolean;
};

export type Sendings = {
  send(conversationId: string, text: string): void;
  /** With the id of the first try, so that the server stores it once whatever became of that. */
  again(id: string): void;
  /** Takes a failed one away and returns its text. */
  discard(id: string): string | undefined;
  of(conversationId: string): readonly Sending[];
};

export function sendings(
  client: Pick<LapseClient, 'send' | 'messages'>,
  now: () => number,
  changed: () => void,
): Sendings {
  const all = new Map<string, Sending>();

  function put(sending: Sending): void {
    all.set(sending.id, sending);
    changed();
  }

  async function deliver(sending: Sending): Promise<void> {
    const { id, conversationId, text, sentAt } = sending;
    const bare = { id, conversationId, text, sentAt };
    put({ ...bare, status: 'sending' });
    try {
      const { expiresAt } = await client.send(conversationId, text, { id });
      put({ ...bare, expiresAt, status: 'sent' });
    } catch (error) {
      if (error instanceof LapseError && error.code === 'CLOSED') return;
      const retryable = error instanceof LapseError && error.retryable;
      put({ ...bare, status: 'failed', reason: errorWords(error), retryable });
    }
  }

  return {
    send(conversationId, text) {
      void deliver({ id: newId(), conversationId, text, sentAt: now(), status: 'sending' });
    },
    again(id) {
      const found = all.get(id);
      if (found?.status === 'failed') void deliver({ ...found, sentAt: now() });
    },
    discard(id) {
      const found = all.get(id);
      if (found?.status !== 'failed') return undefined;
      all.delete(id);
      changed();
      return found.text;
    },
    of(conversationId) {
      // Between its ack and its place in the order a sent one is shown from here.
      const placed = new Set(client.messages(conversationId).map(({ id }) => id));
      for (const { id, status, expiresAt } of all.values()) {
        const over = expiresAt !== undefined && expiresAt * 1000 <= now();
        if (status === 'sent' && (over || placed.has(id))) all.delete(id);
      }
      return [...all.values()].filter(
        (sending) => sending.conversationId === conversationId && !placed.has(sending.id),
      );
    },
  };
}
