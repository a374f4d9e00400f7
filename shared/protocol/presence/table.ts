import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { millis, push, type Sent } from '../reply-values.ts';
import { userId } from '../values.ts';
import { presenceFrame } from './frames.ts';

const presence = z.strictObject({
  userId,
  online: z.boolean().describe('false also of who does not let you know, or is nobody'),
  lastActive: millis.describe('when they last were, rounded down as they have set it').exactOptional(),
});

const presenceResult = z.strictObject({ presences: z.array(presence) });

/** Who is there. */
export const presences = {
  actions: {
    presence: {
      summary: 'says who of these is there, and has you told of it from now on',
      frame: presenceFrame,
      result: presenceResult,
    },
  },
  pushes: {
    presence: {
      summary: 'somebody whom you have asked for has come or gone',
      frame: push('presence', presence.shape),
    },
  },
} satisfies Feature;

export type Presence = Sent<typeof presence>;
export type PresenceResult = Sent<typeof presenceResult>;
