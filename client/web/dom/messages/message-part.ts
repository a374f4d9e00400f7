import type { MessageRow } from '../../model/messages/message-rows.ts';

export type ShownMessage = Extract<MessageRow, { kind: 'message' }>;

/** What a message is put together from. */
export type MessagePart = { readonly element: HTMLElement; update(row: ShownMessage): void };
