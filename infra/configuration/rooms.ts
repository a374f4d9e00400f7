import * as z from 'zod';
import { claimName } from '../../shared/configuration/reach.ts';
import { section } from './section.ts';

const joinFault = { error: 'allowed: "anyone" or {"claim": "the name of a claim"}' };

/**
 * Who makes rooms and who may come into one, and how many posts to connections the account may make a second in the region: what is written in a room is
 * told as often as that allows.
 */
export const rooms = section({
  open: z.enum(['anyone', 'nobody'], { error: 'allowed: "anyone" or "nobody"' }).default('anyone'),
  join: z
    .union(
      [z.literal('anyone', joinFault), section({ claim: z.string(joinFault).regex(claimName, joinFault) })],
      joinFault,
    )
    .default('anyone'),
  callbacksPerSecond: z.int().min(10).max(1_000_000).default(10_000),
}).prefault({});
