import * as z from 'zod';
import { action } from '../values.ts';

/** `part` of an export that took several zips; the first without it. */
export const exportFrame = action('export', { part: z.number().int().min(1).max(10_000).optional() });
