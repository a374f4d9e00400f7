import type { ConversationRow } from './conversations/conversation-rows.ts';
import type { MessageRow } from './messages/message-rows.ts';

/** Whether there is more before what is shown. `unknown`: asking has failed or not begun. */
export type Older = 'unknown' | 'more' | 'loading' | 'none';

export type OpenConversation = {
  readonly conversationId: string;
  readonly name: string;
  readonly subtitle: string;
  readonly rows: readonly MessageRow[];
  readonly older: Older;
  readonly takesMedia: boolean;
  /** What is not stored can be neither erased nor searched. */
  readonly stored: boolean;
  /** How many messages are pinned there, and what the newest of these pins says. */
  readonly pinned: { readonly count: number; readonly text: string };
};

/** All that the page shows of a chat. */
export type ChatView = {
  readonly connection: string | undefined;
  /** False until the server has listed the conversations. */
  readonly listed: boolean;
  readonly conversations: readonly ConversationRow[];
  /** Those that are left out of the list. */
  readonly hidden: { readonly count: number; readonly shown: boolean };
  /** Of those that are not muted. */
  readonly unread: number;
  readonly open: OpenConversation | undefined;
  readonly nextChangeMs: number;
};
