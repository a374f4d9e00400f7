import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';
import { conversationName } from '../../../words/conversation-name.ts';
import { personName } from '../../../words/person-name.ts';
import { previewText } from '../../../words/preview-words.ts';
import { listTime } from '../words/day-label.ts';

export type ConversationRow = {
  readonly key: string;
  readonly name: string;
  readonly preview: string;
  /** Whose words the preview is; absent for a plain description. */
  readonly previewFrom?: string;
  /** When that was said. */
  readonly time?: string;
  /** Beyond 100 nobody has counted. */
  readonly unread: number;
  readonly mentioned: boolean;
  readonly muted: boolean;
  readonly pinned: boolean;
  readonly current: boolean;
};

export type ConversationFacts = {
  readonly summary: ConversationSummary;
  readonly unread: number;
};

/** In the order of the list, those first that are kept at the top. */
export function conversationRows(
  facts: readonly ConversationFacts[],
  current: string | undefined,
  me: string,
  now: number,
): readonly ConversationRow[] {
  const row = ({ summary, unread }: ConversationFacts): ConversationRow => ({
    key: summary.conversationId,
    name: conversationName(summary, me),
    ...latest(summary, me, now),
    unread,
    mentioned: unread > 0 && summary.mentions > 0,
    muted: isMuted(summary, now),
    pinned: summary.pinned === true,
    current: summary.conversationId === current,
  });
  return facts.map(row).toSorted((a, b) => Number(b.pinned) - Number(a.pinned));
}

export const isMuted = ({ muted = 0 }: Pick<ConversationSummary, 'muted'>, now: number): boolean =>
  muted > now;

const kindWords = { direct: 'Direct chat', group: 'Group', room: 'Room' } as const;

function latest(
  { kind, lastMessage }: ConversationSummary,
  me: string,
  now: number,
): Pick<ConversationRow, 'preview' | 'previewFrom' | 'time'> {
  if (lastMessage === undefined) return { preview: kindWords[kind] };
  try {
    return {
      preview: previewText(lastMessage),
      previewFrom: lastMessage.from === me ? 'You' : personName(lastMessage.from),
      time: listTime(lastMessage.sentAt, now),
    };
  } catch {
    return { preview: 'A message that cannot be shown' };
  }
}
