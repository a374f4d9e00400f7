import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { Reaction, ReactResult } from '../../shared/protocol/reactions/table.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import type { Reacted } from '../wire/server-frame.ts';
import type { ConversationStore } from './conversation-store.ts';

/** What people give to the messages that this client shows. */
export type Reactions = {
  give(conversationId: string, seq: number, emoji: string, on: boolean): Promise<ReactResult>;
  receive(push: Reacted): void;
  clear(): void;
};

export type ReactionsOptions = {
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  readonly userId: () => string | undefined;
  /** A change of that number is known here: what lies before it may have been missed. */
  readonly noted: (conversationId: string, rev: number) => void;
};

/** As many messages as somebody looks at before they look for the first of them again. */
const mostRemembered = 2_000;

export function createReactions({
  conversations,
  events,
  request,
  userId,
  noted,
}: ReactionsOptions): Reactions {
  /** By which change each message got its reactions: an edit has a number, too, and says nothing of them. */
  const revs = new Map<string, number>();

  function apply(
    { conversationId, seq, rev }: Pick<Reacted, 'conversationId' | 'seq' | 'rev'>,
    reactionsOf: (message: MessageBody) => readonly Reaction[],
  ): void {
    const key = `${conversationId} ${seq}`;
    // The push comes to whoever has reacted, too, behind their ack.
    if (rev <= (revs.get(key) ?? 0)) return;
    const changed = conversations.find(conversationId)?.change(seq, (message) => {
      const { reactions: _before, ...rest } = message;
      const reactions = reactionsOf(message);
      return { ...rest, ...(reactions.length > 0 && { reactions }) };
    });
    if (changed === undefined) return;
    revs.delete(key);
    revs.set(key, rev);
    const oldest = revs.size > mostRemembered ? revs.keys().next().value : undefined;
    if (oldest !== undefined) revs.delete(oldest);
    events.emit('reacted', changed);
  }

  return {
    async give(conversationId, seq, emoji, on) {
      const result = await request('react', { conversationId, seq, emoji, on });
      apply(result, () => result.reactions);
      noted(conversationId, result.rev);
      return result;
    },
    receive(push) {
      const { by, reactions } = push;
      apply(push, (message) => {
        const own = new Set(message.reactions?.filter((each) => each.own).map(({ emoji }) => emoji));
        if (by !== undefined && by.userId === userId())
          if (by.on) own.add(by.emoji);
          else own.delete(by.emoji);
        return reactions.map((each) => ({ ...each, ...(own.has(each.emoji) && { own: true as const }) }));
      });
      // Among many one push tells of several changes: nothing is missing before it, and not all of them are to ask at once.
      if (by !== undefined) noted(push.conversationId, push.rev);
    },
    clear: () => revs.clear(),
  };
}
