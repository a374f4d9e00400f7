import * as z from 'zod';
import { action, token } from '../values.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const age = z.number().int().min(0).max(150);

export const grantFrame = action('consent', {
  decision: z.literal('grant'),
  policyVersion: token(64),
  /** Whatever is not in the table is `JURISDICTION_UNKNOWN`. */
  jurisdiction: token(64),
  birthDate: date.optional(),
  ageBand: z.tuple([age, age.nullable()]).optional(),
});
export const withdrawFrame = action('consent', { decision: z.literal('withdraw') });
export const consentFrame = z.discriminatedUnion('decision', [grantFrame, withdrawFrame]);

export type GrantFrame = z.infer<typeof grantFrame>;
