import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import { conversationName } from '../../../words/conversation-name.ts';
import { personName } from '../../../words/person-name.ts';
import { preview } from '../media/media-view.ts';
import { listTime } from '../words/day-label.ts';

export type ConversationRow = {
  readonly key: string;
  readonly name: string;
  readonly preview: string;
  /** Whose words the preview is; absent for a plain description. */
  readonly previewFrom?: string;
  /** When that was said. */
  readonly time?: string;
  readonly unread: number;
  readonly current: boolean;
};

export type ConversationFacts = {
  readonly summary: ConversationSummary;
  readonly unread: number;
  /** When something was last said here while this tab was open. */
  readonly active: number;
  readonly last: MessageBody | undefined;
};

/** The liveliest first; those that nothing has happened in stay in the order of the server. */
export function conversationRows(
  facts: readonly ConversationFacts[],
  current: string | undefined,
  me: string,
  now: number,
): readonly ConversationRow[] {
  return facts
    .toSorted((a, b) => b.active - a.active)
    .map(({ summary, unread, last }) => ({
      key: summary.conversationId,
      name: conversationName(summary, me),
      ...(last === undefined
        ? { preview: summary.kind === 'group' ? 'Group' : 'Direct chat' }
        : latest(last, me, now)),
      unread,
      current: summary.conversationId === current,
    }));
}

function latest(
  { content, from, sentAt }: MessageBody,
  me: string,
  now: number,
): Pick<ConversationRow, 'preview' | 'previewFrom' | 'time'> {
  try {
    return {
      preview: preview(content),
      previewFrom: from === me ? 'You' : personName(from),
      time: listTime(sentAt, now),
    };
  } catch {
    return { preview: 'A message that cannot be shown' };
  }
}
