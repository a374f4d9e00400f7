import * as z from 'zod/mini';
import { audiences } from '../../configuration/audiences.ts';
import { action } from '../values.ts';

/** To how much of a time "last active" is rounded down. */
export const granularities = ['minute', 'hour', 'day', 'never'] as const;

/** What is not named stays as it is; without any of them they are asked for. */
export const settingsFrame = action('settings', {
  reads: z.optional(z.boolean()),
  deliveries: z.optional(z.boolean()),
  presence: z.optional(z.enum(audiences)),
  lastActive: z.optional(z.enum(granularities)),
});

export type SettingsFrame = z.infer<typeof settingsFrame>;
export type SettingsChanges = Omit<SettingsFrame, 'action' | 'id'>;
