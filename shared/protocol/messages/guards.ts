import { fits, type Guards, isObject, listOf } from '../guard.ts';
import type { MessageBody, messages } from './table.ts';

export const isMessageBody = (value: unknown): value is MessageBody =>
  isObject(value) && fits(value, { conversationId: 'string', seq: 'number' });

export const messageGuards: Guards<typeof messages> = {
  acks: {
    send: { seq: 'number' },
    history: { lastSeq: 'number' },
    search: { messages: listOf(isMessageBody) },
    edit: { rev: 'number', editedAt: 'number' },
    recall: { rev: 'number', recalledAt: 'number' },
  },
  pushes: {
    message: { message: isMessageBody },
    edited: { conversationId: 'string', seq: 'number', rev: 'number', content: isObject },
    recalled: { conversationId: 'string', seq: 'number', rev: 'number', recalledAt: 'number' },
  },
};
