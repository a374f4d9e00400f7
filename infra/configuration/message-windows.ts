import * as z from 'zod';
import { durationSeconds } from './duration.ts';
import { section } from './section.ts';

/** `false`: not at all. */
const windowOf = (usual: string) =>
  z
    .union([z.literal(false), section({ window: durationSeconds.prefault(usual) })], {
      error: `allowed: false, or an object such as {"window": "${usual}"}`,
    })
    .prefault({})
    .transform((value) => ({ windowSeconds: value === false ? 0 : value.window }));

/** For how long after it was sent its author may say a message otherwise, and take it back. */
export const messageWindows = { edit: windowOf('15m'), recall: windowOf('2m') };
