import type { Head } from '../../shared/stores/conversations/conversation.ts';
import type { SendStore } from '../../shared/stores/sends/send-store.ts';
import { epochMillis } from '../../shared/time.ts';
import type { SendTransientMessageDeps } from '../../shared/transient/send-transient-message.ts';
import { memorySendStore, type SendRows } from './memory-send-store.ts';
import { messageWorld } from './message-world.ts';
import { openToAll } from './open-to-all.ts';
import type { Step } from './step.ts';

/** As `messageWorld`, with the claim and the counter changed in one transaction. */
export function transientWorld(retention?: number) {
  const world = messageWorld();
  const sends: SendRows = new Map();
  let head: Head = { ...world.head(), recentOn: '1970-01-01', ...(retention !== undefined && { retention }) };

  function deps(step: Step, now = 1_000): SendTransientMessageDeps & { readonly sends: SendStore } {
    const { conversations, connections, gateway, crowd, recent } = world.deps(step, () => now);
    return {
      connections,
      gateway,
      crowd,
      ...openToAll,
      recent,
      policyFingerprint: 'mark',
      connectionsPerUser: 10,
      metrics: { put: () => undefined },
      retentionSeconds: 604_800,
      beginHandover: undefined,
      review: undefined,
      now: () => epochMillis(now),
      conversations: {
        ...conversations,
        read: async (id) => {
          const found = await conversations.read(id);
          return found && { ...found, head };
        },
      },
      sends: memorySendStore(
        {
          of: () => sends,
          all: () => [sends],
          lastSeq: () => head.lastSeq,
          advance: (_id, { seq, sentAt }) => {
            head = { ...head, lastSeq: seq, lastSentAt: sentAt };
          },
        },
        { step },
      ),
    };
  }
  return { deps, sends, pushed: world.pushed, members: world.members };
}
