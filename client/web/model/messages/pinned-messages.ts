import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { LapseError } from '../../../wire/lapse-error.ts';

/** What is pinned in the conversation that lies open. */
export type PinnedMessages = {
  /** Asks for those of that conversation, and forgets those of any other. */
  look(conversationId: string | undefined): void;
  /** The newest pin first; without what has ended, and what somebody wrote whom one blocks. */
  list(): readonly MessageBody[];
};

export function pinnedMessages(
  client: Pick<LapseClient, 'pinned' | 'on' | 'now' | 'blocked'>,
  changed: () => void,
): PinnedMessages {
  let place: string | undefined;
  let messages: readonly MessageBody[] = [];
  /** What comes of an earlier question is not shown. */
  let asked = 0;

  async function load(conversationId: string): Promise<void> {
    asked += 1;
    const mine = asked;
    try {
      const found = await client.pinned(conversationId);
      if (mine !== asked) return;
      messages = found;
      changed();
    } catch (error) {
      // Whoever is refused, or has no connection, is shown none.
      if (!(error instanceof LapseError)) throw error;
    }
  }

  const isListed = (seq: number) => messages.some((each) => each.seq === seq);

  client.on('pinned', ({ conversationId }) => {
    if (conversationId === place) void load(conversationId);
  });
  client.on('changed', ({ conversationId, seq, pinnedAt }) => {
    if (conversationId === place && (isListed(seq) || pinnedAt !== undefined)) void load(conversationId);
  });
  client.on('gone', ({ conversationId, seqs }) => {
    if (conversationId !== place || !seqs.some(isListed)) return;
    asked += 1;
    messages = messages.filter(({ seq }) => !seqs.includes(seq));
    changed();
  });

  return {
    look(conversationId) {
      if (conversationId !== place) messages = [];
      asked += 1;
      place = conversationId;
      if (conversationId !== undefined) void load(conversationId);
    },
    list: () =>
      messages.filter(
        ({ expiresAt, from }) => expiresAt * 1000 > client.now() && !client.blocked().has(from),
      ),
  };
}
