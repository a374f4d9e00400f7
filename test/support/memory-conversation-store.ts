import type {
  Conversation,
  FormerMember,
  Head,
  Member,
} from '../../shared/stores/conversations/conversation.ts';
import { hasEnded } from '../../shared/stores/conversations/conversation-end.ts';
import type { ConversationStore, DueKey } from '../../shared/stores/conversations/conversation-store.ts';
import { purgeShardOf } from '../../shared/stores/conversations/purge-mark.ts';
import { type Clock, type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { direct, type Step } from './step.ts';

/** What is stored of one conversation. Members are there before their head is. */
export type ConversationRows = {
  head?: Head;
  readonly members: Map<string, Member>;
  readonly former?: Map<string, FormerMember>;
  /** Rows with an end and without a time to live: `head`, or whose. */
  readonly heldEnds?: Set<string>;
};

type Row = Head | Member | FormerMember;

/** A page ends where DynamoDB likes it to. */
const duePage = 3;

function compareDue(one: DueKey, other: DueKey): number {
  return one.bound - other.bound || one.conversationId.localeCompare(other.conversationId);
}

/** As DynamoDB does it: by the attribute alone, asking nobody. */
export function takeEnded(rooms: Map<string, ConversationRows>, now: number): void {
  for (const [id, room] of rooms) {
    const isOver = (name: string, row: Row | undefined) =>
      row?.expiresAt !== undefined && row.expiresAt * 1000 <= now && room.heldEnds?.has(name) !== true;
    for (const [userId, member] of room.members) if (isOver(userId, member)) room.members.delete(userId);
    if (isOver('head', room.head)) delete room.head;
    if (room.head === undefined && room.members.size === 0) rooms.delete(id);
  }
}

/** In memory, with the consistency that DynamoDB gives to single items: each write is an effect of its own. */
export function memoryConversationStore(
  rooms: Map<string, ConversationRows>,
  { step = direct, now = () => epochMillis(0) }: { readonly step?: Step; readonly now?: Clock } = {},
): ConversationStore {
  const headOf = (id: string) => rooms.get(id)?.head;
  const ofUser = (userId: string) =>
    [...rooms]
      .flatMap(([id, { members, former }]) => (members.has(userId) || former?.has(userId) ? [id] : []))
      .toSorted();

  /** Nothing where there is no head, or the condition does not hold of it. */
  const change = async (
    id: string,
    to: (head: Head) => Partial<Record<keyof Head, unknown>>,
    condition: (head: Head) => boolean = () => true,
  ): Promise<boolean> =>
    step(() => {
      const room = rooms.get(id);
      if (room?.head === undefined || !condition(room.head)) return false;
      const entries = Object.entries({ ...room.head, ...to(room.head) });
      room.head = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Head;
      return true;
    });
  const changeMember = async (
    id: string,
    userId: string,
    to: (member: Member) => Member,
    condition: (member: Member) => boolean = () => true,
  ): Promise<boolean> =>
    step(() => {
      const member = rooms.get(id)?.members.get(userId);
      if (member === undefined || !condition(member)) return false;
      rooms.get(id)?.members.set(userId, to(member));
      return true;
    });
  const isOver = (row: Row) => hasEnded(row, now());
  const kept = ({ expiresAt: _end, ...member }: Member): Member => member;
  const heldEndsOf = (id: string): Set<string> => {
    const room: ConversationRows = rooms.get(id) ?? { members: new Map() };
    const heldEnds = room.heldEnds ?? new Set<string>();
    rooms.set(id, { ...room, heldEnds });
    return heldEnds;
  };
  /** Made anew where nothing is or it has ended; what stands is kept for as long as the new one would be. */
  const placed = <Kept extends Row>(
    { heldEnds }: ConversationRows,
    name: string,
    there: Kept | undefined,
    fresh: Kept,
  ): Kept => {
    if (there === undefined || (isOver(there) && heldEnds?.has(name) !== true)) return fresh;
    const { expiresAt, ...rest } = there;
    if (expiresAt === undefined || fresh.expiresAt === undefined) return rest as Kept;
    return { ...there, expiresAt: Math.max(expiresAt, fresh.expiresAt) as EpochSeconds };
  };
  const revised = ({ purgeRevision = 0 }: Head) => ({ purgeRevision: purgeRevision + 1 });

  return {
    read: async (id) =>
      step((): Conversation | undefined => {
        const { head, members = new Map<string, Member>() } = rooms.get(id) ?? {};
        return head && !isOver(head)
          ? { head, members: new Map([...members].filter(([, member]) => !isOver(member))) }
          : undefined;
      }),

    async create(head, members, heldUsers, owner, blockers) {
      const { conversationId } = head;
      for (const userId of members) {
        await step(() => {
          const room: ConversationRows = rooms.get(conversationId) ?? { members: new Map() };
          rooms.set(conversationId, room);
          const held = heldUsers.has(userId) && ({ held: true } as const);
          const { expiresAt } = head;
          const end = expiresAt !== undefined && { expiresAt };
          const role = userId === owner && ({ role: 'owner' } as const);
          const blocks = blockers?.has(userId) === true && ({ blocks: true, shownReadSeq: 0 } as const);
          const fresh = { userId, readSeq: 0, ...held, ...blocks, ...role, ...end };
          room.members.set(userId, placed(room, userId, room.members.get(userId), fresh));
          if (held && end) heldEndsOf(conversationId).add(userId);
        });
      }
      await step(() => {
        const room: ConversationRows = rooms.get(conversationId) ?? { members: new Map() };
        const fresh = { ...head, lastSeq: 0, lastSentAt: 0, retryMarks: [] };
        rooms.set(conversationId, { ...room, head: placed(room, 'head', room.head, fresh) });
      });
    },

    keepHead: async (id) => void (await change(id, () => ({ expiresAt: undefined }))),
    keepMember: async (id, userId) => void (await changeMember(id, userId, kept)),
    prolongMember: async (id, userId, expiresAt) =>
      void (await changeMember(
        id,
        userId,
        (member) => ({ ...member, expiresAt }),
        (member) => member.expiresAt !== undefined && member.expiresAt < expiresAt,
      )),
    removeEnded: async (id) =>
      step(() => {
        const { head, heldEnds } = rooms.get(id) ?? {};
        if (head && isOver(head) && heldEnds?.has('head') !== true) delete rooms.get(id)?.head;
      }),

    async advanceLastSeq({ conversationId, seq, sentAt, expiresAt }) {
      const to = { lastSeq: seq, lastSentAt: sentAt, lastExpiresAt: expiresAt };
      await change(
        conversationId,
        () => to,
        ({ lastSeq }) => lastSeq < seq,
      );
    },

    async scheduleExpiry(id, { sentAt, expiresAt, mixedUntil }) {
      await change(id, (head) => ({
        purgeShard: purgeShardOf(id),
        nextPurgeAt: head.nextPurgeAt ?? expiresAt,
        purgeFrom: head.purgeFrom ?? sentAt,
        drainingSince: undefined,
        ...revised(head),
      }));
      if (mixedUntil === undefined) return;
      await change(
        id,
        (head) => ({ nextPurgeAt: expiresAt, ...revised(head) }),
        ({ nextPurgeAt }) => nextPurgeAt !== undefined && nextPurgeAt > expiresAt,
      );
      await change(
        id,
        (head) => ({ mixedUntil, ...revised(head) }),
        (head) => head.mixedUntil === undefined || head.mixedUntil < mixedUntil,
      );
    },

    async markRetry(id, mark) {
      const isMade = await change(id, ({ retryMarks }) => ({
        retryMarks: [...retryMarks.filter(({ userId }) => userId !== mark.userId), mark],
      }));
      const head = headOf(id);
      if (!isMade || head === undefined) throw new Error('no such conversation');
      return head;
    },

    async clearRetries(id, marks) {
      const gone = new Set(marks.map(({ userId, at }) => `${userId} ${at}`));
      await change(id, ({ retryMarks }) => ({
        retryMarks: retryMarks.filter((mark) => !gone.has(`${mark.userId} ${mark.at}`)),
      }));
    },

    keepPair: async (id, pair) =>
      void (await change(
        id,
        () => ({ pair }),
        (head) => head.pair !== undefined,
      )),
    restorePair: async (id, pair) => void (await change(id, () => ({ pair }))),
    stripTitle: async (id) => void (await change(id, () => ({ title: undefined }))),
    strip: async (id) => void (await change(id, () => ({ pair: undefined, title: undefined }))),

    listIds: async (userId, limit, after = '') =>
      step(() => {
        const ids = ofUser(userId).filter((id) => id > after);
        const next = ids.length > limit ? ids[limit - 1] : undefined;
        return { ids: ids.slice(0, limit), ...(next !== undefined && { next }) };
      }),

    readListed: async (id, userId) =>
      step(() => {
        const { head, members = new Map<string, Member>() } = rooms.get(id) ?? {};
        const member = members.get(userId);
        if (head === undefined || isOver(head) || member === undefined || isOver(member)) return undefined;
        const lasting = new Map([...members].filter(([, each]) => !isOver(each)));
        // Of rows that have ended one page tells as little as of the others: they are too many.
        if (members.size <= 32) return { head, member, memberCount: lasting.size, members: lasting };
        return { head, member, memberCount: head.memberCount ?? members.size };
      }),
    noteRecentAsked: async (id, at) => void (await change(id, () => ({ recentAskedAt: at }))),
    markRecent: async (id, day) =>
      void (await change(
        id,
        () => ({ recentOn: day }),
        ({ recentOn }) => recentOn === undefined || recentOn < day,
      )),
    listOwnRows: async (userId, limit, after = '') =>
      step(() => {
        const ids = ofUser(userId).filter((id) => id > after);
        const next = ids.length > limit ? ids[limit - 1] : undefined;
        const rows = ids
          .slice(0, limit)
          .map((conversationId) => ({ conversationId, kind: 'member' as const }));
        return { rows, ...(next !== undefined && { next }) };
      }),

    readMemberships: async (userId, ids) =>
      step(() =>
        ids.flatMap((id) => {
          const { head, members } = rooms.get(id) ?? {};
          const member = members?.get(userId);
          return head && member ? [{ head, member }] : [];
        }),
      ),

    markBlocks: async (id, userId, blocks) =>
      void (await changeMember(
        id,
        userId,
        ({ blocks: _blocks, ...member }) =>
          blocks ? { ...member, blocks, shownReadSeq: member.shownReadSeq ?? member.readSeq } : member,
        (member) => (member.blocks === true) !== blocks,
      )),

    markRead: async (id, userId, seq, isHidden) =>
      changeMember(
        id,
        userId,
        ({ shownReadSeq, ...member }) => ({
          ...kept(member),
          readSeq: seq,
          ...(isHidden && { shownReadSeq: shownReadSeq ?? member.readSeq }),
        }),
        ({ readSeq }) => readSeq < seq,
      ),
    markDelivered: async (id, userId, seq) =>
      changeMember(
        id,
        userId,
        (member) => ({ ...member, deliveredSeq: seq }),
        ({ deliveredSeq = 0 }) => deliveredSeq < seq,
      ),
    forgetNamedBy: async () => step(() => undefined),
    removeMember: async (id, userId) =>
      step(() => {
        const wasFormer = rooms.get(id)?.former?.delete(userId) ?? false;
        return (rooms.get(id)?.members.delete(userId) ?? false) || wasFormer;
      }),
    noteRemoval: async (id, memberCount, heir) => {
      if (heir !== undefined) await changeMember(id, heir, (member) => ({ ...member, role: 'owner' }));
      await change(id, ({ revision = 0 }) => ({ memberCount, revision: revision + 1 }));
    },
    listFormerIds: async (id) => step(() => [...(rooms.get(id)?.former?.keys() ?? [])]),

    async *listDue({ expiredBy, sentBy }) {
      for (const [id, { head }] of rooms) {
        if (head?.purgeShard === undefined) continue;
        if ((head.nextPurgeAt ?? Infinity) <= expiredBy || (head.purgeFrom ?? Infinity) <= sentBy) yield id;
      }
    },

    listDuePage: async ({ shard, by }, { expiredBy, sentBy }, after) =>
      step(() => {
        const last = by === 'nextPurgeAt' ? expiredBy : sentBy;
        const found = [...rooms]
          .flatMap(([conversationId, { head }]) => {
            const bound = head?.[by];
            if (head?.purgeShard !== shard || bound === undefined || bound > last) return [];
            return [{ conversationId, bound }];
          })
          .filter((due) => after === undefined || compareDue(due, after) > 0)
          .toSorted(compareDue);
        return { due: found.slice(0, duePage), more: found.length > duePage };
      }),

    earliestBounds: async () =>
      step(() => {
        const marked = [...rooms.values()].flatMap(({ head }) =>
          head?.purgeShard === undefined ? [] : [head],
        );
        const ends = marked.flatMap(({ nextPurgeAt }) => nextPurgeAt ?? []);
        const starts = marked.flatMap(({ purgeFrom }) => purgeFrom ?? []);
        return {
          ...(ends.length > 0 && { nextPurgeAt: Math.min(...ends) as EpochSeconds }),
          ...(starts.length > 0 && { purgeFrom: epochMillis(Math.min(...starts)) }),
        };
      }),

    readHead: async (id) => step(() => headOf(id)),
    readMember: async (id, userId) =>
      step(() => {
        const member = rooms.get(id)?.members.get(userId);
        return member && isOver(member) ? undefined : member;
      }),

    readFormer: async (id, userId) =>
      step(() => {
        const former = rooms.get(id)?.former?.get(userId);
        return former && isOver(former) ? undefined : former;
      }),

    readFirst: async (ids, userIds) =>
      step(() => {
        const id = ids.find((each) => {
          const head = headOf(each);
          return head !== undefined && !isOver(head);
        });
        const { head, members = new Map<string, Member>() } = rooms.get(id ?? '') ?? {};
        return (
          head && {
            head,
            members: new Map(
              [...members].filter(([userId, member]) => userIds.includes(userId) && !isOver(member)),
            ),
          }
        );
      }),

    listEngaged: async (keys) =>
      step(() => {
        const members = keys.map(({ conversationId, userId }) =>
          rooms.get(conversationId)?.members.get(userId),
        );
        return new Set(
          members.flatMap((member) => (member?.engaged && !isOver(member) ? [member.userId] : [])),
        );
      }),

    listMembersAmong: async (keys) =>
      step(() =>
        keys.filter(({ conversationId, userId }) => {
          const member = rooms.get(conversationId)?.members.get(userId);
          return member !== undefined && !isOver(member);
        }),
      ),

    async markEngaged(id, userId) {
      await changeMember(id, userId, (member) => ({ ...member, engaged: true }));
    },

    replacePurgeMark: async ({ conversationId, purgeRevision = 0 }, next) => {
      const { purgeShard, nextPurgeAt, purgeFrom, drainingSince, mixedUntil, settledSeq, settledAt } = next;
      const revision = purgeRevision + 1;
      return change(
        conversationId,
        () => ({
          ...{ purgeShard, nextPurgeAt, purgeFrom, drainingSince, mixedUntil, settledSeq, settledAt },
          purgePlace: next.place && { ...next.place, revision },
          purgeRevision: revision,
        }),
        (head) => head.purgeRevision === purgeRevision,
      );
    },

    async holdConversation(id) {
      const out = { purgeShard: undefined, nextPurgeAt: undefined, purgeFrom: undefined };
      if (headOf(id)?.expiresAt !== undefined) heldEndsOf(id).add('head');
      await change(id, (head) => ({ ...out, drainingSince: undefined, held: true, ...revised(head) }));
    },

    async releaseConversation(id, at) {
      await change(id, (head) => ({
        ...{ purgeShard: purgeShardOf(id), nextPurgeAt: at, releasedAt: at },
        ...(head.held === true && { mixedUntil: at + 86_400 }),
        ...{ purgeFrom: head.purgeFrom ?? at * 1000, held: undefined, drainingSince: undefined },
        ...revised(head),
      }));
      rooms.get(id)?.heldEnds?.delete('head');
    },

    async setMemberHeld(id, userId, held) {
      await changeMember(id, userId, ({ held: _before, ...member }) => ({
        ...member,
        ...(held && { held: true as const }),
      }));
    },

    setMemberEndHeld: async (id, userId, held) =>
      step(() => {
        if (rooms.get(id)?.members.get(userId)?.expiresAt === undefined) return;
        if (held) heldEndsOf(id).add(userId);
        else rooms.get(id)?.heldEnds?.delete(userId);
      }),
    listMemberIds: async (id) =>
      step(() => {
        const { members, former } = rooms.get(id) ?? {};
        return [...new Set([...(members?.keys() ?? []), ...(former?.keys() ?? [])])];
      }),
  };
}
