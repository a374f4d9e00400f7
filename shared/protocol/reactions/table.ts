import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, push, type Sent } from '../reply-values.ts';
import { conversationId, seq, userId } from '../values.ts';
import { reactFrame } from './frames.ts';
import { reaction, reactionCount } from './reply-values.ts';

const rev = count.describe('number of the last change of this message; 0: none');

const reactResult = z.strictObject({
  conversationId,
  seq,
  rev,
  reactions: z.array(reaction),
  duplicate: z.literal(true).exactOptional(),
});

const reactedPush = push('reacted', {
  conversationId,
  seq,
  rev,
  reactions: z
    .array(reactionCount)
    .describe('all that the message has now, in the order in which they were first given'),
  by: z
    .strictObject({ userId, emoji: z.string(), on: z.boolean() })
    .describe('whose doing it was; not told in large groups and rooms, but to your own devices')
    .exactOptional(),
});

/** What people say of a message with one sign. */
export const reactions = {
  actions: {
    react: {
      summary: 'gives a message a reaction of yours, one emoji, or takes it back',
      frame: reactFrame,
      result: reactResult,
    },
  },
  pushes: {
    reacted: { summary: 'the reactions of a message have changed', frame: reactedPush },
  },
} satisfies Feature;

/** How often each emoji was given, in the order in which they were first given. */
export type ReactionCount = Sent<typeof reactionCount>;
export type Reaction = Sent<typeof reaction>;
export type ReactResult = Sent<typeof reactResult>;
