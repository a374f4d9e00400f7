import * as z from 'zod';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

/** Less than two runs, the grace and the run itself could not be kept. */
const leastSeconds = 300;

const bounded = section({
  bound: durationSeconds
    .refine((seconds) => seconds >= leastSeconds, { error: 'allowed: "5m" or longer' })
    .prefault('1h'),
}).transform(({ bound }): { readonly boundSeconds?: number } => ({ boundSeconds: bound }));

const unbounded = z.literal('ttl').transform((): { readonly boundSeconds?: number } => ({}));

/** How the expired is deleted: by a sweeper within a bound, or by the stores' time to live, free and days late. */
export const purge = z
  .union([unbounded, bounded], {
    error: 'allowed: "ttl", or an object such as {"bound": "1h"} with a bound of at least "5m"',
  })
  .prefault({});
