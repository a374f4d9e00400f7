import * as z from 'zod';
import { action, userId } from '../values.ts';
import { profileSetSchema } from './profile-rules.ts';

export const profileFrame = action('profile', {
  set: profileSetSchema.optional(),
  get: z.array(userId).min(1).max(50).optional(),
}).refine((frame) => (frame.set === undefined) !== (frame.get === undefined), 'set or get, one of them');

/** Cleaned by the rules. */
export type ProfileChanges = z.infer<typeof profileSetSchema>;
