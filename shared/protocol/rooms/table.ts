import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { messageBody } from '../messages/table.ts';
import { count, described, noResult, push, type Sent } from '../reply-values.ts';
import { conversationId } from '../values.ts';
import { unwatchFrame, watchFrame } from './frames.ts';

const watchResult = z.strictObject({
  lastSeq: described(count, 'ask `history` for what you lack up to it'),
  live: described(count, 'about how many connections watch the room'),
  title: z.string().describe('as whoever opened it has called it').exactOptional(),
});

const messagesPush = push('messages', {
  messages: z
    .array(messageBody)
    .min(1)
    .describe('of one room, in the order of their numbers; your own come too, and from whichever device'),
});

const behindPush = push('behind', {
  conversationId,
  lastSeq: described(count, 'ask `history` for what you lack up to it'),
});

/** Conversations without a list of members: whoever watches one reads and writes there. */
export const rooms = {
  actions: {
    watch: {
      summary: 'lets this connection into a room: from then on it gets what is written there',
      frame: watchFrame,
      result: watchResult,
    },
    unwatch: { summary: 'ends that', frame: unwatchFrame, result: noResult },
  },
  pushes: {
    messages: { summary: 'what was written in a room that you watch', frame: messagesPush },
    behind: {
      summary: 'something written in a room that you watch may not have reached you',
      frame: behindPush,
    },
  },
} satisfies Feature;

export type WatchResult = Sent<typeof watchResult>;
