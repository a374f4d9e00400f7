import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { previewWords } from '../../words/preview-words.ts';
import type { Style } from '../screen/style.ts';
import { clockTime, conversationName } from './render.ts';
import { safeLine } from './safe-text.ts';

export type ListView = { readonly me: string | undefined; readonly now: number };

export const listView = ({ hello, now }: Pick<LapseClient, 'hello' | 'now'>): ListView => ({
  me: hello()?.userId,
  now: now(),
});

/** The list, with the numbers that `/open` takes; those that are hidden keep theirs. */
export function renderConversations(
  conversations: readonly ConversationSummary[],
  view: ListView,
  style: Style,
): string {
  if (conversations.length === 0) return style.dim('no conversations yet: /open NAME begins one');
  return conversations
    .flatMap((conversation, index) =>
      conversation.hidden === true ? [] : [line(conversation, index + 1, view, style)],
    )
    .join('\n');
}

function line(summary: ConversationSummary, position: number, { me, now }: ListView, style: Style): string {
  const { lastMessage, unread, mentions, muted = 0, pinned } = summary;
  const marks = [
    ...(unread > 0 ? [`${unread > 100 ? '100+' : unread} new`] : []),
    ...(mentions > 0 ? ['mentions you'] : []),
    ...(pinned === true ? ['pinned'] : []),
    ...(muted > now ? ['muted'] : []),
  ];
  const about = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const said =
    lastMessage === undefined
      ? ''
      : style.dim(`  ${clockTime(lastMessage.sentAt, now)} ${safeLine(previewWords(lastMessage, me))}`);
  return `${style.dim(`#${position}`)} ${conversationName(summary, me)}${about}${said}`;
}
