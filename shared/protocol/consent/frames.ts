import * as z from 'zod/mini';
import { action, token } from '../values.ts';

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const age = z.int().check(z.minimum(0), z.maximum(150));

export const grantFrame = action('consent', {
  decision: z.literal('grant'),
  policyVersion: token(64),
  /** Whatever is not in the table is `JURISDICTION_UNKNOWN`. */
  jurisdiction: token(64),
  birthDate: z.optional(date),
  ageBand: z.optional(z.tuple([age, z.nullable(age)])),
});
export const withdrawFrame = action('consent', { decision: z.literal('withdraw') });
export const consentFrame = z.discriminatedUnion('decision', [grantFrame, withdrawFrame]);

export type GrantFrame = z.infer<typeof grantFrame>;
