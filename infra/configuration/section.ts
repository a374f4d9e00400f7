import * as z from 'zod';

/** An object of the configuration: a key that is not in it is a fault that names the keys that are. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown key; allowed: ${keys}`
        : `allowed: an object with the keys ${keys}`,
  });
}

/** What is allowed where a schema says no more than a range of numbers. */
export const numberFault: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'too_big') return `allowed: a whole number of at most ${issue.maximum}`;
  if (issue.code === 'too_small' && !issue.inclusive) return `allowed: a whole number above ${issue.minimum}`;
  if (issue.code === 'too_small') return `allowed: a whole number of at least ${issue.minimum}`;
  if (issue.code === 'invalid_type') return 'allowed: a whole number';
  return undefined;
};
