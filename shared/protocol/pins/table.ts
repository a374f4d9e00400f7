import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, millis, push, type Sent } from '../reply-values.ts';
import { conversationId, seq } from '../values.ts';
import { pinFrame } from './frames.ts';

const rev = count.describe('number of the last change of this message; 0: none');
const pinnedAt = millis.describe('absent where it is not pinned').exactOptional();

const pinResult = z.strictObject({
  ...{ conversationId, seq, rev, pinnedAt },
  duplicate: z.literal(true).exactOptional(),
});

const pinnedPush = push('pinned', { conversationId, seq, rev, on: z.boolean(), pinnedAt });

/** What stands above a conversation for everybody in it. */
export const pins = {
  actions: {
    pin: {
      summary:
        'pins a message for everybody there, or takes its pin away; `history` with `pinned` lists them',
      frame: pinFrame,
      result: pinResult,
    },
  },
  pushes: {
    pinned: { summary: 'a message was pinned, or is no longer', frame: pinnedPush },
  },
} satisfies Feature;

export type PinResult = Sent<typeof pinResult>;
