import * as z from 'zod';

/**
 * Whose keys encrypt what is stored: the services' own, which cost nothing, or a KMS key of the operator's for each
 * stack, about a dollar a month each and a fee for requests, whose use can be watched and taken away.
 */
export const encryption = z
  .enum(['aws', 'customer'], { error: 'allowed: "aws" or "customer"' })
  .default('aws');
