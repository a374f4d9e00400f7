import * as z from 'zod';
import { limitsSchema } from '../../shared/configuration/limits.ts';
import { nationalIdCountries, sensitiveDataPolicy } from '../../shared/configuration/sensitive-data.ts';
import { section } from './section.ts';

/** What one client may ask for; the functions are told the same shape. */
export const limits = section(limitsSchema.shape)
  .prefault({})
  .refine(({ textBytes, frameBytes }) => textBytes <= frameBytes, {
    path: ['textBytes'],
    error: 'allowed: at most frameBytes',
    when: ({ issues }) => issues.length === 0,
  });

const requests = z.int().min(1).max(1_000_000);

/** What the stage takes from all clients together before it answers 429. */
export const throttling = section({
  ratePerSecond: requests.default(1_000),
  burst: requests.default(2_000),
}).prefault({});

/** What happens to a text in which a card, an account or a national id is found. */
export const sensitiveData = z
  .enum(sensitiveDataPolicy.options, { error: 'allowed: "allow", "flag" or "block"' })
  .default('allow');

const countries = { error: `allowed: a list of ${nationalIdCountries.join(', ')}` };

/** Countries whose national ids count without a word beside them. */
export const nationalIdCountryList = z.array(z.enum(nationalIdCountries, countries), countries).default([]);
