import * as z from 'zod/mini';
import { claimName } from './reach.ts';

/** Who may come into a room: whoever knows its id, or who has a token whose claim names it. */
export const roomsJoinSchema = z.union([
  z.literal('anyone'),
  z.strictObject({ claim: z.string().check(z.regex(claimName)) }),
]);

export type RoomsJoin = z.infer<typeof roomsJoinSchema>;
