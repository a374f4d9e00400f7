import * as z from 'zod';
import { purgeShardCount } from '../../shared/configuration/purge-shards.ts';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

/** Whether one kind of data is stored, and for how long. */
const dataKind = {
  store: z.boolean({ error: 'allowed: true or false' }).default(true),
  retention: durationSeconds.prefault('7d'),
};

/** With the time that an upload may wait for its message, whatever is handed over is gone within the hour. */
const handoverSeconds = durationSeconds.refine((seconds) => seconds <= 600, {
  error: 'allowed: at most "10m"',
});

/** With `handover` media is passed on by a bucket where messages are not stored; without it, not at all. */
export const messages = section({ ...dataKind, handover: handoverSeconds.optional() })
  .prefault({})
  .refine(({ store, handover }) => handover === undefined || !store, {
    path: ['handover'],
    error: 'allowed: only with "store": false; stored media can be fetched for as long as its message lives',
  })
  .transform(({ store, retention, handover = 0 }) => ({
    stored: store,
    retentionSeconds: retention,
    handoverSeconds: handover,
  }));

export const profiles = section(dataKind)
  .prefault({})
  .transform(({ store, retention }) => ({ stored: store, retentionSeconds: retention }));

/** Less than two runs, the grace and the run itself could not be kept. */
const leastSeconds = 300;

const sweeperCount = { error: `allowed: 1 to ${purgeShardCount}` };

type Purge = { readonly boundSeconds?: number; readonly sweepers: number };

const bounded = section({
  bound: durationSeconds
    .refine((seconds) => seconds >= leastSeconds, { error: 'allowed: "5m" or longer' })
    .prefault('1h'),
  sweepers: z.int(sweeperCount).min(1, sweeperCount).max(purgeShardCount, sweeperCount).default(1),
}).transform(({ bound, sweepers }): Purge => ({ boundSeconds: bound, sweepers }));

const unbounded = z.literal('ttl').transform((): Purge => ({ sweepers: 0 }));

/** How the expired is deleted: by sweepers within a bound, or by the stores' time to live, free and days late. */
export const purge = z
  .union([unbounded, bounded], {
    error: 'allowed: "ttl", or an object such as {"bound": "1h"} with a bound of at least "5m"',
  })
  .prefault({});
