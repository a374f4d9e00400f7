import * as z from 'zod';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

const fault = { error: 'allowed: false, or an object such as {"keep": "30d"}' };

/** Less than a day is no time for a moderator; more than a year is an archive of what people were promised would end. */
const leastSeconds = 86_400;
const mostSeconds = 366 * 86_400;

const kept = section({
  keep: durationSeconds
    .refine((seconds) => seconds >= leastSeconds && seconds <= mostSeconds, {
      error: 'allowed: "1d" to "366d"',
    })
    .prefault('30d'),
});

/** How long what people report is kept for a moderator to decide; `false`: nobody reports anything, and there is no store of it. */
export const reports = z
  .union([z.literal(false), kept], fault)
  .prefault({})
  .transform((value) => ({ keepSeconds: value === false ? 0 : value.keep }));
