import { dataKind } from './data-kind.ts';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

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
