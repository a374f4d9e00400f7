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
