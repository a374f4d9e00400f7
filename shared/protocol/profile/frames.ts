import * as z from 'zod/mini';
import { action, userId } from '../values.ts';
import { profileSetSchema } from './profile-rules.ts';

export const profileFrame = action('profile', {
  set: z.optional(profileSetSchema),
  get: z.optional(z.array(userId).check(z.minLength(1), z.maxLength(50))),
}).check(
  z.refine((frame) => (frame.set === undefined) !== (frame.get === undefined), 'set or get, one of them'),
);

/** Cleaned by the rules. */
export type ProfileChanges = z.infer<typeof profileSetSchema>;
