import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { described, noResult, push, type Sent } from '../reply-values.ts';
import { userId } from '../values.ts';
import { blockFrame, reportFrame } from './frames.ts';

const blockResult = z
  .strictObject({
    blocked: z.array(userId).exactOptional(),
    next: z.exactOptional(described(userId, 'the `after` of the following page')),
  })
  .describe('of a change nothing; else a page of those whom you block');

const blockedPush = push('blocked', { userId, blocked: z.boolean() });

/** What people do against those who trouble them. */
export const safety = {
  actions: {
    block: {
      summary: 'keeps somebody away from you, or no more; without a user, lists those whom you block',
      frame: blockFrame,
      result: blockResult,
    },
    report: {
      summary: 'tells the operator’s moderators of a message that you can read',
      frame: reportFrame,
      result: noResult,
    },
  },
  pushes: {
    blocked: { summary: 'you have blocked somebody on another device, or no more', frame: blockedPush },
  },
} satisfies Feature;

export type BlockResult = Sent<typeof blockResult>;
