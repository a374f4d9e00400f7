import * as z from 'zod';
import { nationalIdCountries, sensitiveDataPolicy } from '../../shared/configuration/sensitive-data.ts';

/** What happens to a text in which a card, an account or a national id is found. */
export const sensitiveData = z
  .enum(sensitiveDataPolicy.options, { error: 'allowed: "allow", "flag" or "block"' })
  .default('allow');

const countries = { error: `allowed: a list of ${nationalIdCountries.join(', ')}` };

/** Countries whose national ids count without a word beside them. */
export const nationalIdCountryList = z.array(z.enum(nationalIdCountries, countries), countries).default([]);
