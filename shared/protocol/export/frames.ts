import * as z from 'zod/mini';
import { action } from '../values.ts';

/** `part` of an export that took several zips; the first without it. */
export const exportFrame = action('export', {
  part: z.optional(z.int().check(z.minimum(1), z.maximum(10_000))),
});
