import { tellChanged } from '../../shared/messages/announce-changed.ts';
import { editMessage } from '../../shared/messages/edit-message.ts';
import { noteErased } from '../../shared/messages/note-erased.ts';
import { readChanges } from '../../shared/messages/read-changes.ts';
import { recallMessage } from '../../shared/messages/recall-message.ts';
import type { HistoryResult, MessageBody } from '../../shared/protocol/messages/table.ts';
import { changeStore } from '../../shared/stores/changes/change-store.ts';
import type { GroupHistory } from '../../shared/stores/conversations/conversation.ts';
import { lastRevStore } from '../../shared/stores/conversations/last-rev-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { messageChangeStore } from '../../shared/stores/message-changes/message-change-store.ts';
import { exactMessageStore } from '../../shared/stores/messages/exact-message-store.ts';
import { amongHolds } from './hold-world.ts';
import { membersWorld } from './members-world.ts';
import { direct, type Step } from './step.ts';

/** What a device shows, and up to which change it knows of all. */
export type Device = { readonly userId: string; readonly shown: Map<number, MessageBody>; rev: number };

/** A group whose messages change, in the real stores on tables in memory; media lies in a bucket in memory. */
export async function changesWorld(people: readonly string[], history: GroupHistory = 'start') {
  const world = await membersWorld(people, { history, afterLeaving: 'keep' });
  const { conversationId, databaseOf } = world;
  const holds = { users: new Set<string>(), conversations: new Set<string>() };
  const objects = new Set<string>();
  const tables = { sends: 'sends', messages: 'messages', changes: 'changes', conversations: 'conversations' };

  function deps(step: Step) {
    const made = world.parts(step);
    const db = databaseOf(step);
    const messages = exactMessageStore(db, 'messages');
    const media = mediaStore(db, 'uploads');
    return {
      ...made,
      messages,
      exactMessages: messages,
      messageChanges: messageChangeStore(db, { ...tables, media: 'uploads' }),
      changes: changeStore(db, 'changes'),
      lastRevs: lastRevStore(db, 'conversations'),
      holds: {
        among: async (asked: Parameters<typeof amongHolds>[1]) => step(() => amongHolds(holds, asked)),
      },
      media,
      removeMedia: async ({ mediaId }: { readonly mediaId: string }) =>
        step(() => {
          objects.delete(mediaId);
          return 'removed' as const;
        }),
      limits: { textBytes: 10_000, customBytes: 8_000 },
      tell: tellChanged({ ...made, messages }),
      review: undefined,
      ...{ editSeconds: 900, recallSeconds: 120 },
    };
  }

  return {
    ...world,
    deps,
    holds,
    objects,
    edit: async (step: Step, userId: string, id: string, seq: number, text: string) =>
      editMessage(deps(step), userId, { id, conversationId, seq, content: { type: 'text', text } }),
    recall: async (step: Step, userId: string, id: string, seq: number) =>
      recallMessage(deps(step), userId, { id, conversationId, seq }),
    /** As the queue does it: noted, then gone. */
    async erase(step: Step, seq: number) {
      const { headers } = await world
        .parts(step)
        .messages.headers(conversationId, { after: seq - 1, before: seq + 1 });
      const [header] = headers;
      if (header?.from === undefined || header.id === undefined) return;
      await noteErased(deps(step))(conversationId, [seq]);
      await world
        .parts(step)
        .messages.tombstone({ ...header, from: header.from, id: header.id }, world.parts(step).now());
    },
    device: (userId: string): Device => ({ userId, shown: new Map(), rev: 0 }),
    async load(device: Device, step: Step = direct) {
      const { rev } = device;
      const { messages } = await world.history(device.userId);
      device.shown.clear();
      for (const message of messages) device.shown.set(message.seq, message);
      device.rev = Math.max(rev, device.rev);
      await step(() => undefined);
    },
    /** As a client does that comes back. */
    async catchUp(device: Device, step: Step = direct): Promise<readonly HistoryResult[]> {
      const answers: HistoryResult[] = [];
      for (let next: number | undefined = device.rev; next !== undefined; ) {
        const answer = await readChanges(deps(step), device.userId, { conversationId, changedAfter: next });
        answers.push(answer);
        if (answer.reload === true) {
          device.rev = answer.lastRev ?? 0;
          const { messages } = await world.history(device.userId);
          device.shown.clear();
          for (const message of messages) device.shown.set(message.seq, message);
          return answers;
        }
        const present = new Map(answer.messages.map((message) => [message.seq, message]));
        for (const { seq, rev } of answer.changes ?? []) {
          const message = present.get(seq);
          if (message === undefined) device.shown.delete(seq);
          else if (device.shown.has(seq)) device.shown.set(seq, message);
          device.rev = Math.max(device.rev, rev);
        }
        device.rev = answer.next ?? answer.lastRev ?? device.rev;
        next = answer.next;
      }
      return answers;
    },
    changes: () =>
      [...world.engine.items('changes')].toSorted((one, other) => Number(one['rev']) - Number(other['rev'])),
    /** Of the log, without what a hold keeps beside it. */
    stored: () => world.messages().filter((message) => message.conversationId === conversationId),
    versions: () => world.messages().filter((message) => message.conversationId !== conversationId),
  };
}

export type ChangesWorld = Awaited<ReturnType<typeof changesWorld>>;
