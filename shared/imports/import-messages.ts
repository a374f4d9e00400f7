import { keepConversation } from '../conversations/keep-conversation.ts';
import { type NoteRecentLaterDeps, noteRecent } from '../listing/note-recent.ts';
import { type PlaceEventDeps, prepareEvent, type Tail } from '../members/place-event.ts';
import type { Crowd } from '../messages/crowd.ts';
import { retentionOf } from '../messages/message-builder.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { hiddenFrom } from '../safety/hidden-from.ts';
import { type Conversation, isSenderOnHold } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf, isReadable } from '../stores/expiry/expiry.ts';
import { type Imported, type ImportStore, importKey, mostAtOnce } from '../stores/imports/import-store.ts';
import { type Message, newMessage } from '../stores/messages/message.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { recordEnd } from '../stores/sends/send-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';
import { contentOf, importedId, type MessageToImport, type Refusal } from './imported-message.ts';

export type ImportMessagesDeps = PlaceEventDeps & {
  readonly conversations: Pick<
    ConversationStore,
    'read' | 'advanceLastSeq' | 'markRead' | 'markRecent' | 'noteRecentAsked'
  >;
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly imports: ImportStore;
  readonly recent: NoteRecentLaterDeps['recent'];
  readonly recentJobs: NoteRecentLaterDeps['recentJobs'];
  /** Those of them who have agreed to the policy in force. */
  readonly agreeing: (userIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Undefined where a text may be stored; a reason where not. */
  readonly textFault: (text: string) => Refusal | undefined;
  readonly crowd: Crowd;
};

export type ImportMessages = {
  readonly conversationId: string;
  /** By the time at which they were written, the earliest first. */
  readonly messages: readonly MessageToImport[];
  /** Nothing more comes: what was imported has been read where it comes from. */
  readonly isLast: boolean;
};

export type ImportedMessages = {
  readonly imported: number;
  /** There already, by an earlier attempt. */
  readonly repeated: number;
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
};

/** Each lost race means that somebody else wrote there. */
const attempts = 20;

/**
 * Puts what was written elsewhere behind what stands in a conversation, with its own times, in transactions of `mostAtOnce`: each is there
 * with all its messages and what tells a repeat of them, or not at all. So a crash anywhere loses nothing and doubles nothing, whoever
 * writes there meanwhile. Times never fall: what is older than the last message there is refused.
 */
export async function importMessages(
  deps: ImportMessagesDeps,
  { conversationId, messages, isLast }: ImportMessages,
): Promise<ImportedMessages> {
  let { conversation, tail } = await situation(deps, conversationId);
  const refused = new Map<Refusal, number>();
  const known = new Map<string, number>();
  let repeated = 0;
  let isLookedUp = false;
  // What comes behind all that is there has hardly been there before, and the transaction says so if it has.
  let admitted = messages.every((each) => isBehind(tail, each))
    ? await admit(deps, conversation, messages, refused)
    : await admitUnknown();
  // What is there already is not refused.
  if (refused.size > 0 && !isLookedUp) admitted = await admitUnknown();
  if (admitted.length > 0) await keepAuthors(deps, conversation, admitted);
  const settleRecent = admitted.length > 0 ? await noteRecent(deps, conversation, deps.now()) : undefined;
  let imported = 0;
  let isPrepared = false;
  for (let from = 0; from < admitted.length; from += mostAtOnce)
    imported += await place(admitted.slice(from, from + mostAtOnce));
  await settleRecent?.();
  const { seq, sentAt, expiresAt } = tail;
  if (seq > conversation.head.lastSeq && expiresAt !== undefined)
    await deps.conversations.advanceLastSeq({
      ...{ conversationId, seq, sentAt: sentAt as EpochMillis },
      expiresAt: expiresAt as EpochSeconds,
    });
  if (isLast) await markAllRead(deps, conversation, Math.max(0, ...known.values()));
  return { imported, repeated, refused: Object.fromEntries(refused) };

  async function admitUnknown(): Promise<readonly MessageToImport[]> {
    isLookedUp = true;
    refused.clear();
    return admit(deps, conversation, await unknownOf(messages), refused);
  }

  async function place(chunk: readonly MessageToImport[]): Promise<number> {
    let left = chunk;
    let areUnknown = isLookedUp;
    for (let losses = 0; losses < attempts; losses += 1) {
      if (losses > 0) await deps.crowd.backoff(losses);
      const fits = left.filter((each) => isBehind(tail, each));
      if (fits.length < left.length && !areUnknown) {
        areUnknown = true;
        left = await unknownOf(left);
        continue;
      }
      const built = fits.map((each, index) => build(deps, conversation, each, tail, index));
      const [first] = built;
      if (first === undefined) return refuse('order', left.length);
      if (!isPrepared) await prepareEvent(deps, conversation, first.message, tail);
      isPrepared = true;
      const outcome = await deps.imports.store(built);
      if (outcome === 'stored') {
        for (const { message } of built) known.set(importKey(message), message.seq);
        tail = built.at(-1)?.message ?? tail;
        refuse('order', left.length - built.length);
        return built.length;
      }
      // Of two imports at the same time the other one was quicker.
      if (outcome === 'repeated') {
        left = await unknownOf(left);
        if (left.length === 0) return 0;
      }
      ({ conversation, tail } = await situation(deps, conversationId));
      isPrepared = false;
      const { members } = conversation;
      const still = left.filter(({ from }) => members.has(from));
      refuse('author', left.length - still.length);
      left = still;
      if (left.length === 0) return 0;
    }
    throw new ProtocolError('CONFLICT');
  }

  function refuse(reason: Refusal, count: number): 0 {
    if (count > 0) refused.set(reason, (refused.get(reason) ?? 0) + count);
    return 0;
  }

  /** The others are counted, and their numbers noted. */
  async function unknownOf(some: readonly MessageToImport[]): Promise<readonly MessageToImport[]> {
    const sends = some.map(({ from, id }) => ({ conversationId, from, id: importedId(id) }));
    const found = await deps.imports.listKnown(sends);
    for (const [key, number] of found) known.set(key, number);
    const unknown = some.filter((each) => !found.has(keyOf(each)));
    repeated += some.length - unknown.length;
    return unknown;
  }
}

const keyOf = ({ from, id }: MessageToImport): string => importKey({ from, id: importedId(id) });

/** Those that may be stored; the others are counted. */
async function admit(
  deps: ImportMessagesDeps,
  { head, members }: Conversation,
  messages: readonly MessageToImport[],
  refused: Map<Refusal, number>,
): Promise<readonly MessageToImport[]> {
  const authors = [...new Set(messages.map(({ from }) => from))].filter((userId) => members.has(userId));
  const [agreeing, ruling] = await Promise.all([deps.agreeing(authors), deps.retention()]);
  const retention = retentionOf(deps, head.retention);
  const seen = new Set<string>();
  const faultOf = ({ from, sentAt, text }: MessageToImport): Refusal | undefined => {
    if (!agreeing.has(from)) return 'author';
    if (sentAt > ruling.now) return 'future';
    if (!isReadable({ sentAt, expiresAt: expiryOf(sentAt, retention) }, ruling)) return 'ended';
    return deps.textFault(text);
  };
  return messages.filter((message) => {
    // Twice in one file.
    if (seen.has(keyOf(message))) return false;
    seen.add(keyOf(message));
    const fault = faultOf(message);
    if (fault !== undefined) refused.set(fault, (refused.get(fault) ?? 0) + 1);
    return fault === undefined;
  });
}

type Newest = Tail & Pick<MessageHeader, 'tombstonedAt'>;

/**
 * The last number first: who comes or goes after it was read takes the next one, so what is put there is refused. Whoever is a member by
 * the rows that are read then was one there.
 */
async function situation(
  { conversations, messages }: ImportMessagesDeps,
  conversationId: string,
): Promise<{ readonly conversation: Conversation; readonly tail: Newest }> {
  const { headers } = await messages.headers(conversationId, { newestFirst: true, limit: 1 });
  const conversation = await conversations.read(conversationId);
  if (conversation === undefined) throw new ProtocolError('CONFLICT');
  if (conversation.head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
  const { lastSeq, lastSentAt } = conversation.head;
  const [newest] = headers;
  const tail = newest === undefined || newest.seq < lastSeq ? { seq: lastSeq, sentAt: lastSentAt } : newest;
  return { conversation, tail };
}

/** What stands at the end and was erased may be this very message: of that instant nothing more is taken. */
function isBehind({ sentAt, tombstonedAt }: Newest, message: MessageToImport): boolean {
  return tombstonedAt === undefined ? message.sentAt >= sentAt : message.sentAt > sentAt;
}

function build(
  deps: ImportMessagesDeps,
  conversation: Conversation,
  { id, from, sentAt, ...written }: MessageToImport,
  tail: Tail,
  index: number,
): Imported {
  const { conversationId, retention: own } = conversation.head;
  const expiresAt = expiryOf(sentAt, retentionOf(deps, own));
  const frame = { action: 'send', conversationId, id: importedId(id), content: contentOf(written) } as const;
  const message: Message = newMessage(from, frame, { seq: tail.seq + 1 + index, sentAt, expiresAt });
  return {
    message,
    held: isSenderOnHold(conversation, from),
    hiddenFor: hiddenFrom(conversation, from),
    // From now, not from when it was written: an import may be repeated for a day at least.
    recordEnd: recordEnd({ claimedAt: deps.now(), expiresAt: Math.max(expiresAt, 0) as EpochSeconds }),
  };
}

async function keepAuthors(
  deps: ImportMessagesDeps,
  conversation: Conversation,
  messages: readonly MessageToImport[],
): Promise<void> {
  const sentAt = deps.now();
  const ending = { sentAt, expiresAt: expiryOf(sentAt, deps.retentionSeconds) };
  for (const author of new Set(messages.map(({ from }) => from)))
    await keepConversation(deps.conversations, conversation, author, ending);
}

/** To others it does not show how far anybody has read. */
async function markAllRead(
  { conversations }: ImportMessagesDeps,
  { head: { conversationId }, members }: Conversation,
  seq: number,
): Promise<void> {
  const behind = [...members.values()].filter(({ readSeq }) => readSeq < seq);
  await Promise.all(behind.map(({ userId }) => conversations.markRead(conversationId, userId, seq, true)));
}
