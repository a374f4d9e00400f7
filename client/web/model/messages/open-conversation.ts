import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import { changeableUntil } from '../../../conversations/changeable-until.ts';
import { mayPin } from '../../../conversations/may-do-for-all.ts';
import { mayTakeAway } from '../../../conversations/may-take-away.ts';
import type { Receipts } from '../../../conversations/receipt-marks.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { takesMedia } from '../../../media/media-refusal.ts';
import { contentText } from '../../../words/content-text.ts';
import { conversationName } from '../../../words/conversation-name.ts';
import { plainDuration } from '../../../words/plain-duration.ts';
import { presenceWords } from '../../../words/presence-words.ts';
import type { Older, OpenConversation } from '../chat-view.ts';
import type { PendingMessage } from '../sending/pending-message.ts';
import { messageRows, type RowMemory } from './message-rows.ts';
import { quoteOf } from './quote.ts';

type Shown = {
  readonly me: string;
  readonly now: number;
  readonly pending: readonly PendingMessage[];
  readonly older: Older;
  readonly typing: string | undefined;
  readonly receipts: Receipts;
  readonly pinned: readonly MessageBody[];
  readonly memory: RowMemory;
};

/** What the page shows of the conversation that lies open. */
export function openConversation(
  client: Pick<LapseClient, 'hello' | 'messages' | 'blocked' | 'quoted' | 'live' | 'presenceOf'>,
  summary: ConversationSummary,
  { me, now, pending, older, typing, receipts, pinned, memory }: Shown,
): OpenConversation {
  const { conversationId, kind, memberCount } = summary;
  const name = conversationName(summary, me);
  const [newest] = pinned;
  const hello = client.hello();
  const retention = hello?.retention.messages;
  const who = whoIsThere(kind, kind === 'room' ? client.live(conversationId) : memberCount);
  const other = kind === 'direct' ? summary.members?.find(({ userId }) => userId !== me) : undefined;
  const there = other && presenceWords(client.presenceOf(other.userId), now);
  const kept = retention?.stored === true ? ` · kept at most ${plainDuration(retention.seconds)}` : '';
  return {
    conversationId,
    name,
    subtitle: typing ?? `${there ?? who}${kept}`,
    rows: messageRows(
      client.messages(conversationId),
      withName(pending, name),
      me,
      now,
      receipts,
      memory,
      client.blocked(),
      (author) => mayTakeAway(summary, author),
      (seq) => quoteOf(client, conversationId, seq, me),
      mayPin(summary, hello?.rules),
      (sentAt) => changeableUntil(summary, hello?.rules, sentAt),
    ),
    older,
    takesMedia: hello === undefined || takesMedia(hello),
    stored: retention?.stored === true,
    pinned: { count: pinned.length, text: newest === undefined ? '' : contentText(newest.content) },
  };
}

/** What waits says for whom. */
const withName = (pending: readonly PendingMessage[], name: string): readonly PendingMessage[] =>
  pending.map((each) => (each.status === 'waiting' ? { ...each, reason: `Waits for ${name}.` } : each));

function whoIsThere(kind: ConversationSummary['kind'], count = 0): string {
  if (kind === 'direct') return 'Direct chat';
  if (kind === 'room') return count > 1 ? `Room with about ${count} in it` : 'Room';
  return count > 0 ? `Group of ${count}` : 'Group';
}
