import * as z from 'zod/mini';
import { erasureTarget } from '../protocol/erasure/erasure-target.ts';
import { conversationId, userId } from '../protocol/values.ts';
import type { ErasureKey } from '../stores/privacy/erasure-request.ts';
import { epochMillis } from '../time.ts';
import type { LateLookJob, Recheck } from './recheck.ts';

/** What the queue holds: which request to go on with, or where to look once more. Ids only. */
export type ErasureJob = ErasureKey | LateLookJob;
/** Of a release that had the late look in the queue and nowhere else. */
export type EarlierJob = Recheck;

const schema = z.union([
  z.strictObject({ userId, target: erasureTarget }),
  z.strictObject({ lateLook: z.string() }),
  z.strictObject({
    scope: z.enum(['account', 'conversation']),
    userId,
    writtenBy: z.pipe(z.number(), z.transform(epochMillis)),
    conversationIds: z.array(conversationId),
  }),
]);

export function parseErasureJob(body: string): ErasureJob | EarlierJob {
  return schema.parse(JSON.parse(body));
}
