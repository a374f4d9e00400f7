import * as z from 'zod';

const shape = {
  error: 'allowed: 1 to 12 lower-case letters and digits, beginning with a letter, such as "dev"',
};
const taken = { error: 'allowed: any name but "default", by which the stage without a name is known' };

/** Keeps several deployments in one account apart; no hyphen, so that no two names of stacks can be the same. */
export const stage = z
  .string(shape)
  .regex(/^[a-z][a-z0-9]{0,11}$/, shape)
  .refine((name) => name !== 'default', taken)
  .optional();
