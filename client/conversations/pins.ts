import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { PinResult } from '../../shared/protocol/pins/table.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import type { Pinned } from '../wire/server-frame.ts';
import type { ConversationStore } from './conversation-store.ts';

/** What is pinned in the conversations of this client. */
export type Pins = {
  set(conversationId: string, seq: number, on: boolean, id?: string): Promise<PinResult>;
  list(conversationId: string): Promise<readonly MessageBody[]>;
  receive(push: Pinned): void;
  clear(): void;
};

export type PinsOptions = {
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  /** A change of that number is known here: what lies before it may have been missed. */
  readonly noted: (conversationId: string, rev: number) => void;
};

/** As many messages as somebody sees pinned before they see the first of them again. */
const mostRemembered = 1_000;

export function createPins({ conversations, events, request, noted }: PinsOptions): Pins {
  /** By which change each message was pinned or not: an edit has a number, too, and says nothing of it. */
  const revs = new Map<string, number>();

  function apply({ conversationId, seq, rev, on, pinnedAt }: Omit<Pinned, 'type'>): void {
    const key = `${conversationId} ${seq}`;
    // The push comes to whoever has pinned it, too, behind their ack.
    if (rev <= (revs.get(key) ?? 0)) return;
    revs.delete(key);
    revs.set(key, rev);
    const oldest = revs.size > mostRemembered ? revs.keys().next().value : undefined;
    if (oldest !== undefined) revs.delete(oldest);
    conversations.find(conversationId)?.change(seq, (message) => {
      const { pinnedAt: _before, ...rest } = message;
      return { ...rest, ...(pinnedAt !== undefined && { pinnedAt }) };
    });
    events.emit('pinned', { conversationId, seq, on });
  }

  return {
    async set(conversationId, seq, on, id) {
      const result = await request('pin', { conversationId, seq, on }, id);
      const { rev, pinnedAt } = result;
      apply({ conversationId, seq, rev, on, ...(pinnedAt !== undefined && { pinnedAt }) });
      noted(conversationId, rev);
      return result;
    },
    async list(conversationId) {
      const all: MessageBody[] = [];
      for (let before: number | undefined, more = true; more; more = before !== undefined) {
        const fields = { conversationId, pinned: true as const, ...(before !== undefined && { before }) };
        const { messages, next } = await request('history', fields);
        all.push(...messages);
        before = next;
      }
      return all;
    },
    receive(push) {
      apply(push);
      noted(push.conversationId, push.rev);
    },
    clear: () => revs.clear(),
  };
}
