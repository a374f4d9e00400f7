import middy from '@middy/core';
import { carryOutErasure } from '../../shared/erasure/carry-out-erasure.ts';
import { parseErasureJob } from '../../shared/erasure/erasure-job.ts';
import { runRecheck } from '../../shared/erasure/recheck.ts';
import { epochMillis } from '../../shared/time.ts';
import { erasure } from './erasure.ts';

/** What a slice may take at most. */
const marginMillis = 15_000;

type QueueEvent = { readonly Records: readonly { readonly body: string }[] };

/** A job that fails comes back, and is given up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const { now } = erasure;
  const endBy = epochMillis(now() + context.getRemainingTimeInMillis() - marginMillis);
  const isOver = () => now() >= endBy;
  for (const { body } of Records) {
    const job = parseErasureJob(body);
    if ('target' in job) await carryOutErasure({ ...erasure, isOver }, job);
    else if ('lateLook' in job) await runRecheck({ ...erasure, isOver }, job.lateLook);
    else await erasure.rechecks.add(job);
  }
});
