import { type Guards, listOf } from '../guard.ts';
import { isMessageBody } from '../messages/guards.ts';
import type { rooms } from './table.ts';

export const roomGuards: Guards<typeof rooms> = {
  acks: { watch: { lastSeq: 'number', live: 'number' }, unwatch: {} },
  pushes: {
    messages: { messages: listOf(isMessageBody) },
    behind: { conversationId: 'string', lastSeq: 'number' },
  },
};
