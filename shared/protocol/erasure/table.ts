import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { personalStores } from '../personal-stores.ts';
import { count, instant, push, requestId, type Sent } from '../reply-values.ts';
import { conversationId, seq } from '../values.ts';
import { erasureTarget } from './erasure-target.ts';
import { eraseFrame } from './frames.ts';

const eraseResult = z
  .strictObject({ requestId, state: z.enum(['accepted', 'refused in part']) })
  .describe('what became of it is pushed, with the receipt');

export const receiptLine = z.strictObject({
  store: z.enum(personalStores),
  outcome: z.enum(['erased', 'kept', 'ages out', 'not concerned', 'held']),
  deleted: count,
  found: count.describe('what a fresh look found'),
  held: count.describe('how many of these a legal hold keeps'),
  lateDeleted: count
    .describe('what a second look, a minute or more later, found and deleted; absent where it was nothing')
    .exactOptional(),
  until: instant.describe('when the last of what remains there is gone by itself').exactOptional(),
});

const receipt = z
  .strictObject({
    requestId,
    state: z.enum(['accepted', 'refused in part', 'done']),
    requestedBy: z.enum(['user', 'operator']),
    requestedAt: instant,
    finishedAt: instant,
    stores: z.array(receiptLine),
  })
  .and(erasureTarget);

const erasurePush = push('erasure', {}).and(receipt);

const erasedPush = push('erased', {
  ...{ conversationId, seqs: z.array(seq) },
  rev: count.describe('number of this change, counted in the conversation').exactOptional(),
});

/** What goes before its time because somebody asks for it. */
export const erasure = {
  actions: {
    erase: {
      summary: 'erases a message, what you wrote in a conversation, your profile or everything',
      frame: eraseFrame,
      result: eraseResult,
    },
  },
  pushes: {
    erased: {
      summary: 'messages that their sender, or who leads the group, has had erased',
      frame: erasedPush,
    },
    erasure: { summary: 'the receipt of an erasure', frame: erasurePush },
  },
} satisfies Feature;

export type EraseResult = Sent<typeof eraseResult>;
export type ReceiptLine = Sent<typeof receiptLine>;
export type Receipt = Sent<typeof receipt>;
