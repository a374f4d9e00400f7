import { type JoinGroupsDeps, joinGroups } from '../push/join-groups.ts';
import { notedUntil } from '../push/stay-live.ts';
import { type Conversation, isLarge, type Member } from '../stores/conversations/conversation.ts';
import { liveShardsFor } from '../stores/live/live-shard.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type { MembershipChangeStore } from '../stores/membership-changes/membership-change-store.ts';
import type { Clock } from '../time.ts';

export type FindEachOtherDeps = JoinGroupsDeps & {
  readonly live: Pick<LiveStore, 'noteGroups' | 'forgetGroups' | 'join' | 'leave'>;
  readonly changes: Pick<MembershipChangeStore, 'becomeLarge'>;
  readonly now: Clock;
};

/** How a large group finds those who come, and finds those who go no more. What is there too much does no harm. */
export type FindEachOther = {
  before(conversation: Conversation, joining: readonly Member[]): Promise<void>;
  after(conversation: Conversation, leaving: readonly Pick<Member, 'userId'>[]): Promise<void>;
};

export function findEachOther(deps: FindEachOtherDeps): FindEachOther {
  return {
    async before({ head }, joining) {
      if (head.liveShards === undefined || joining.length === 0) return;
      const { conversationId, liveShards: shards } = head;
      await joinAll(
        joining.map(({ userId }) => userId),
        { conversationId, shards },
      );
    },

    async after(conversation, leaving) {
      const { conversationId, liveShards, revision = 0 } = conversation.head;
      if (liveShards !== undefined) {
        const group = { conversationId, shards: liveShards };
        await Promise.all(leaving.map(async ({ userId }) => deps.live.forgetGroups(userId, [group])));
        if (leaving.length === 0) return;
        const open = await deps.connections.listNow(leaving.map(({ userId }) => userId));
        await deps.live.leave(open, [group]);
        return;
      }
      if (!isLarge(conversation)) return;
      // The head last: until it says so the members are looked for one by one.
      const members = [...conversation.members.keys()];
      const shards = liveShardsFor(members.length);
      await joinAll(members, { conversationId, shards });
      await deps.changes.becomeLarge(conversationId, shards, revision);
    },
  };

  async function joinAll(userIds: readonly string[], group: { conversationId: string; shards: number }) {
    await deps.live.noteGroups(userIds, [group], notedUntil(deps.now));
    await joinGroups(deps, await deps.connections.listNow(userIds), [group]);
  }
}
