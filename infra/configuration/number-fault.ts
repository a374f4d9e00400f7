import type * as z from 'zod';

/** What is allowed where a schema says no more than a range of numbers. */
export const numberFault: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'too_big') return `allowed: a whole number of at most ${issue.maximum}`;
  if (issue.code === 'too_small' && !issue.inclusive) return `allowed: a whole number above ${issue.minimum}`;
  if (issue.code === 'too_small') return `allowed: a whole number of at least ${issue.minimum}`;
  if (issue.code === 'invalid_type') return 'allowed: a whole number';
  return undefined;
};
