import * as z from 'zod';
import { section } from './section.ts';

/**
 * Who makes rooms, and how many posts to connections the account may make a second in the region: what is written in a room is
 * told as often as that allows.
 */
export const rooms = section({
  open: z.enum(['anyone', 'nobody'], { error: 'allowed: "anyone" or "nobody"' }).default('anyone'),
  callbacksPerSecond: z.int().min(10).max(1_000_000).default(10_000),
}).prefault({});
