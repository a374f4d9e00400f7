import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { changeEnd } from '../stores/changes/change.ts';
import type { ChangeStore } from '../stores/changes/change-store.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { LastRevStore } from '../stores/conversations/last-rev-store.ts';
import { expiryOf, isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type {
  ChangePlaced,
  MessageChange,
  MessageChangeStore,
} from '../stores/message-changes/message-change-store.ts';
import type { ExactMessageStore, StoredMessage } from '../stores/messages/exact-message-store.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import { recordEnd } from '../stores/sends/send-store.ts';
import type { Clock, EpochMillis } from '../time.ts';
import type { Crowd } from './crowd.ts';

export type ChangeMessageDeps = AuthorizeReaderDeps & {
  readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer' | 'read'>;
  readonly messages: ExactMessageStore;
  readonly messageChanges: MessageChangeStore;
  readonly changes: Pick<ChangeStore, 'newestRev'>;
  readonly lastRevs: LastRevStore;
  readonly crowd: Pick<Crowd, 'backoff'>;
  readonly retention: AskRetention;
  readonly retentionSeconds: number;
  readonly now: Clock;
};

export type Act = { readonly id: string; readonly conversationId: string; readonly seq: number };

/** What a change is made of: as it was read. */
export type Changing = StoredMessage & {
  readonly conversation: Conversation;
  readonly rev: number;
  /** When it changes, as everybody is told. */
  readonly at: EpochMillis;
};

type Written = Pick<MessageChange, 'set'> &
  Partial<Pick<MessageChange, 'remove' | 'version' | 'losing' | 'standing' | 'also'>>;

export type Changed = ChangePlaced & {
  readonly conversation: Conversation;
  readonly isRepeat: boolean;
  /** It was so already; `rev` is then that of the message, 0 where nothing has changed it. */
  readonly isUnchanged?: true;
};

/** Each lost race means that somebody else has changed something there. */
const attempts = 20;

/**
 * Changes a message that a member may read, at the next number of its conversation's changes. `plan` says what is written, if anything, or refuses;
 * it is asked anew after every lost race. The number is known to the head before anybody is told of it.
 * @throws ProtocolError NOT_FOUND for what they cannot read or was taken back; CONFLICT.
 */
export async function changeMessage(
  deps: ChangeMessageDeps,
  userId: string,
  kind: MessageChange['change']['kind'],
  { id, conversationId, seq }: Act,
  plan: (changing: Changing) => Promise<Written | undefined>,
): Promise<Changed> {
  const { member, ranges } = await authorizeReader(deps, conversationId, userId);
  if (member === undefined || !isReadableBy(ranges, seq)) throw new ProtocolError('NOT_FOUND');
  const act = { conversationId, id, from: userId };
  const earlier = await deps.messageChanges.findChange(act);
  for (let losses = 0; losses < attempts; losses += 1) {
    if (losses > 0) await deps.crowd.backoff(losses);
    const conversation = await deps.conversations.read(conversationId);
    if (conversation === undefined) throw new ProtocolError('NOT_FOUND');
    if (earlier !== undefined) return settle({ ...earlier, conversation, isRepeat: true });
    const found = await readMeant(deps, userId, conversationId, seq);
    // Where the head knows it all there is nothing to ask; who has lost a race knows better.
    const newest = losses === 0 ? 0 : await deps.changes.newestRev(conversationId);
    const rev = Math.max(conversation.head.lastRev ?? 0, newest) + 1;
    const at = deps.now();
    const { expiresAt } = found.message;
    const written = await plan({ ...found, conversation, rev, at });
    if (written === undefined) {
      const { rev: changedBy = 0 } = found.header;
      return settle({ seq, rev: changedBy, at, conversation, isRepeat: false, isUnchanged: true });
    }
    const outcome = await deps.messageChanges.changeMessage({
      change: { conversationId, rev, kind, seqs: [seq], at, expiresAt: changeEnd(at, expiresAt) },
      by: userId,
      id,
      recordEnd: recordEnd({ claimedAt: at, expiresAt: expiryOf(at, deps.retentionSeconds) }),
      seenRev: found.header.rev,
      ...written,
    });
    if (outcome === 'changed') return settle({ seq, rev, at, conversation, isRepeat: false });
    if (outcome === 'behind') continue;
    const placed = await deps.messageChanges.findChange(act);
    // The id is that of something else of theirs, such as a send: it never becomes free by trying.
    if (placed === undefined) throw new ProtocolError('CONFLICT');
    return settle({ ...placed, conversation, isRepeat: true });
  }
  throw new ProtocolError('CONFLICT');

  async function settle(changed: Changed): Promise<Changed> {
    if (changed.isUnchanged !== true || changed.rev > (changed.conversation.head.lastRev ?? 0))
      await deps.lastRevs.advanceLastRev(conversationId, changed.rev);
    return changed;
  }
}

/** As it is in this instant, if they may read it and it still says something. */
async function readMeant(
  { messages, retention }: Pick<ChangeMessageDeps, 'messages' | 'retention'>,
  userId: string,
  conversationId: string,
  seq: number,
): Promise<StoredMessage> {
  const [found] = await messages.readExactly(conversationId, [seq]);
  const ruling = await retention();
  const isThere =
    found !== undefined &&
    isReadable(found.header, ruling) &&
    isShownTo(found.header, userId) &&
    found.header.recalledAt === undefined;
  if (!isThere) throw new ProtocolError('NOT_FOUND');
  return found;
}
