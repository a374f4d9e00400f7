import * as z from 'zod';
import { durationSeconds } from './duration.ts';

/** Whether one kind of data is stored, and for how long. */
export const dataKind = {
  store: z.boolean({ error: 'allowed: true or false' }).default(true),
  retention: durationSeconds.prefault('7d'),
};
