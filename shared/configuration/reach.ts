import * as z from 'zod/mini';

/** As claims are called, also those whose name is an address. */
export const claimName = /^[\w.:/-]{1,128}$/;

/**
 * Whom people may open a conversation with or add to one: anyone, who shares a conversation with them, or those whom a claim of
 * their token names.
 */
export const reachSchema = z.union([
  z.literal('anyone'),
  z.literal('shared'),
  z.strictObject({ claim: z.string().check(z.regex(claimName)) }),
]);

export type Reach = z.infer<typeof reachSchema>;
