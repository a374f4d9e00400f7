import * as z from 'zod';

const instances = 'allowed: a whole number from 1 to 100000';

/**
 * How many instances of a function there may be at most, and are kept for it, by the function's name. None by default:
 * all share what the account has, and the throttling of the stage bounds them together.
 */
export const concurrency = z
  .record(
    z.string(),
    z.int({ error: instances }).min(1, { error: instances }).max(100_000, { error: instances }),
    {
      error: 'allowed: an object of numbers by function such as {"send": 50}',
    },
  )
  .default({});
