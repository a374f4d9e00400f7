import * as z from 'zod';
import { erasureTarget } from '../erasure-target.ts';
import { personalStores } from '../personal-stores.ts';
import { count, instant, push, requestId } from './values.ts';

export const eraseResult = z
  .strictObject({ requestId, state: z.enum(['accepted', 'refused in part']) })
  .describe('what became of it is pushed, with the receipt');

export const receiptLine = z.strictObject({
  store: z.enum(personalStores),
  outcome: z.enum(['erased', 'kept', 'ages out', 'not concerned', 'held']),
  deleted: count,
  found: count.describe('what a fresh look found'),
  held: count.describe('how many of these a legal hold keeps'),
  until: instant.describe('when the last of what remains there is gone by itself').exactOptional(),
});

export const receipt = z
  .strictObject({
    requestId,
    state: z.enum(['accepted', 'refused in part', 'done']),
    requestedBy: z.enum(['user', 'operator']),
    requestedAt: instant,
    finishedAt: instant,
    stores: z.array(receiptLine),
  })
  .and(erasureTarget);

export const erasurePush = push('erasure', {}).and(receipt);
