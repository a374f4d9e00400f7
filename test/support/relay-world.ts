import type { Head } from '../../shared/stores/conversations/conversation.ts';
import type { TransientSend, TransientSendStore } from '../../shared/stores/sends/transient-send-store.ts';
import { epochMillis } from '../../shared/time.ts';
import type { RelayMessageDeps } from '../../shared/transient/relay-message.ts';
import { messageWorld } from './message-world.ts';
import type { Step } from './step.ts';

/** As `messageWorld`, with the claim and the counter changed in one transaction. */
export function relayWorld(retention?: number) {
  const world = messageWorld();
  const relays = new Map<string, TransientSend>();
  let head: Head = { ...world.head(), ...(retention !== undefined && { retention }) };

  function deps(step: Step, now = 1_000): RelayMessageDeps & { readonly relays: TransientSendStore } {
    const { conversations, connections, gateway } = world.deps(step, () => now);
    return {
      connections,
      gateway,
      policyFingerprint: 'mark',
      metrics: { put: () => undefined },
      retentionSeconds: 604_800,
      handOver: undefined,
      now: () => epochMillis(now),
      conversations: {
        markEngaged: conversations.markEngaged,
        read: async (id) => {
          const found = await conversations.read(id);
          return found && { ...found, head };
        },
      },
      relays: {
        take: async ({ from: userId, id, seq, sentAt, expiresAt }) =>
          step(() => {
            const earlier = relays.get(`${userId} ${id}`);
            if (earlier !== undefined) return { earlier };
            if (head.lastSeq !== seq - 1) return 'behind';
            head = { ...head, lastSeq: seq, lastSentAt: sentAt };
            relays.set(`${userId} ${id}`, { userId, sendKey: id, claimedAt: sentAt, expiresAt, seq, sentAt });
            return 'taken';
          }),
        find: async ({ from: userId, id }) => step(() => relays.get(`${userId} ${id}`)),
        markPushed: async ({ from: userId, id }) =>
          step(() => {
            const relay = relays.get(`${userId} ${id}`);
            if (relay !== undefined) relays.set(`${userId} ${id}`, { ...relay, pushed: true });
          }),
      },
    };
  }
  return { deps, relays, pushed: world.pushed, members: world.members };
}
