import { limitsSchema } from '../../shared/configuration/limits.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { applyHold } from '../../shared/holds/apply-hold.ts';
import { setHold } from '../../shared/holds/set-hold.ts';
import { markRead } from '../../shared/messages/mark-read.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import { directConversationId } from '../../shared/stores/conversations/direct-conversation-id.ts';
import type { HoldTarget } from '../../shared/stores/privacy/holds.ts';
import type { Title } from '../../shared/stores/profiles/title.ts';
import { epochMillis } from '../../shared/time.ts';
import { type ConversationRows, memoryConversationStore, takeEnded } from './memory-conversation-store.ts';
import { memoryListedMessageStore } from './memory-listed-message-store.ts';
import { memoryRecentStore, type RecentRows } from './memory-recent-store.ts';
import { memoryTitleStore } from './memory-title-store.ts';
import { messageWorld } from './message-world.ts';
import { noLiveGroups, noWatches } from './no-live-groups.ts';
import { openToAll } from './open-to-all.ts';
import { steadyRetention } from './steady-retention.ts';
import type { Step } from './step.ts';

const secret = new Uint8Array(32);
const retentionSeconds = 7 * 86_400;

/** One conversation from before it is opened, in memory: who opens it, writes, reads and looks, and DynamoDB's deletion. */
export function conversationWorld(kind: 'direct' | 'group', members: readonly string[], now: () => number) {
  const [opener = '', other = ''] = members;
  const conversationId =
    kind === 'direct' ? directConversationId(secret, opener, other) : `g-${'c'.repeat(32)}`;
  const rooms = new Map<string, ConversationRows>();
  const written = messageWorld(conversationId);
  const titles = new Map<string, Title>();
  const heldTitles = new Set<string>();
  const marks: RecentRows = new Map();
  const clock = () => epochMillis(now());
  const titleStore = (step: Step) => memoryTitleStore(titles, { step, held: heldTitles });

  function deps(step: Step) {
    const conversations = memoryConversationStore(rooms, { step, now: clock });
    const messageDeps = written.deps(step, now);
    return {
      ...{ ...messageDeps, conversations, retentionSeconds, now: clock },
      recent: memoryRecentStore(marks, step),
      ...{ limits: limitsSchema.parse({}), pageSize: 50, holds: written.holds.deps(step) },
      titles: {
        store: titleStore(step),
        retentionSeconds,
        retention: steadyRetention(retentionSeconds, now),
      },
      gateway: { push: async () => step(() => 'sent' as const), close: async () => undefined },
      ...openToAll,
      consent: async () => 'granted' as const,
      groupIdOf: async () => conversationId,
      groups: { history: 'start', afterLeaving: 'keep' } as const,
      idSecret: async () => secret,
      ...{ live: noLiveGroups, stayLive: async () => undefined },
      connections: { ...messageDeps.connections, listNow: async () => [] },
    };
  }
  const frame = { action: 'send', id: 'm', conversationId } as const;

  return {
    conversationId,
    rooms,
    messages: written.messages,
    titles,
    heldTitles,
    open: async (step: Step, userId = opener, title?: string) =>
      openConversation(
        deps(step),
        { userId },
        {
          ...{ action: 'open', id: 'o', kind },
          members: members.filter((each) => each !== userId),
          ...(title !== undefined && { title }),
        },
      ),
    send: async (step: Step, userId: string, id: string) =>
      sendMessage(
        deps(step),
        { userId, connectionId: `${userId}-1` },
        {
          ...{ ...frame, id, content: { type: 'text', text: id } },
        },
      ),
    hello: async (step: Step, userId: string) =>
      listConversations(
        {
          ...deps(step),
          messages: memoryListedMessageStore(() => written.messages, step),
          blocks: { list: async () => ({ blocked: [] }) },
          settings: { read: async () => undefined },
        },
        userId,
        {},
      ),
    history: async (step: Step, userId: string) =>
      readHistory(deps(step), userId, { ...frame, action: 'history' }),
    read: async (step: Step, userId: string, seq: number) =>
      markRead(
        { ...deps(step), authors: undefined },
        { userId, connectionId: `${userId}-1` },
        { conversationId, seq },
      ),
    async hold(step: Step, target: HoldTarget, state: 'held' | 'releasing') {
      const store = written.holds.deps(step);
      const work = { add: async () => undefined };
      await setHold(
        { holds: store, work, stored: { messages: true, profiles: false }, now: clock },
        target,
        state,
      );
      const conversations = memoryConversationStore(rooms, { step, now: clock });
      const kinds = {
        messages: deps(step).messages,
        reactions: undefined,
        media: undefined,
        profiles: undefined,
        titles: titleStore(step),
        live: noLiveGroups,
        watches: noWatches,
      };
      await applyHold(
        { holds: store, work, conversations, ...kinds, now: clock, isOver: () => false },
        target,
      );
    },
    /** As DynamoDB does it. */
    passTimeToLive() {
      takeEnded(rooms, now());
      written.sweepByTimeToLive(now());
    },
    hasHead: () => rooms.get(conversationId)?.head !== undefined,
    memberRows: () => [...(rooms.get(conversationId)?.members.keys() ?? [])].toSorted(),
  };
}

export type ConversationWorld = ReturnType<typeof conversationWorld>;
