import { fits, type Guards, isObject, listOf } from '../guard.ts';
import type { MessageBody, messages } from './table.ts';

export const isMessageBody = (value: unknown): value is MessageBody =>
  isObject(value) && fits(value, { conversationId: 'string', seq: 'number' });

export const messageGuards: Guards<typeof messages> = {
  acks: {
    send: { seq: 'number' },
    history: { lastSeq: 'number' },
    search: { messages: listOf(isMessageBody) },
  },
  pushes: { message: { message: isMessageBody } },
};
