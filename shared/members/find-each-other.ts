import { type JoinGroupsDeps, joinGroups } from '../push/join-groups.ts';
import { notedUntil } from '../push/stay-live.ts';
import { type Conversation, isLarge, type Member } from '../stores/conversations/conversation.ts';
import { type GroupNote, type LiveGroup, liveShardsFor, shardsOf } from '../stores/live/live-shard.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type {
  MembershipChange,
  MembershipChangeStore,
} from '../stores/membership-changes/membership-change-store.ts';
import type { Clock } from '../time.ts';

export type FindEachOtherDeps = JoinGroupsDeps & {
  readonly live: Pick<LiveStore, 'noteGroups' | 'endMembership' | 'join' | 'leave'>;
  readonly changes: Pick<MembershipChangeStore, 'becomeLarge'>;
  readonly now: Clock;
};

/** How a large group finds those who come, and finds those who go no more. What is there too much does no harm. */
export type FindEachOther = {
  /** Resolves to the change with as many shards as those who come may stand in. */
  before(change: MembershipChange): Promise<MembershipChange>;
  after(conversation: Conversation, leaving: readonly Pick<Member, 'userId'>[]): Promise<void>;
};

export function findEachOther(deps: FindEachOtherDeps): FindEachOther {
  return {
    async before(change) {
      const { conversationId, joining, grownShards: shards, seen: since } = change;
      if (shards === undefined || joining.length === 0) return change;
      const userIds = joining.map(({ userId }) => userId);
      return { ...change, grownShards: await joinAll(userIds, { conversationId, shards, since }) };
    },

    async after(conversation, leaving) {
      const { conversationId, liveShards, revision = 0 } = conversation.head;
      if (liveShards !== undefined) {
        if (leaving.length === 0) return;
        await Promise.all(
          leaving.map(async ({ userId }) =>
            deps.live.endMembership({
              ...{ userId, conversationId, revision },
              connections: async () => deps.connections.listNow([userId]),
            }),
          ),
        );
        return;
      }
      if (!isLarge(conversation)) return;
      // The head last: until it says so the members are looked for one by one.
      const members = [...conversation.members.keys()];
      const shards = await joinAll(members, { conversationId, shards: liveShardsFor(members.length) });
      await deps.changes.becomeLarge(conversationId, shards, revision);
    },
  };

  async function joinAll(
    userIds: readonly string[],
    group: LiveGroup & Pick<GroupNote, 'since'>,
  ): Promise<number> {
    const notes = await deps.live.noteGroups(userIds, [group], notedUntil(deps.now));
    await joinGroups(deps, await deps.connections.listNow(userIds), notes);
    return shardsOf(notes, group.shards);
  }
}
