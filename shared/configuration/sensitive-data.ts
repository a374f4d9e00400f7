import * as z from 'zod/mini';

/** What happens to a text that holds sensitive data. */
export const sensitiveDataPolicy = z.enum(['allow', 'flag', 'block']);

export type SensitiveDataPolicy = z.infer<typeof sensitiveDataPolicy>;

/** ISO 3166-1 alpha-2: the countries whose national ids are known. */
export const nationalIdCountries = [
  'AR',
  'AU',
  'BE',
  'BR',
  'CA',
  'CL',
  'CN',
  'CZ',
  'DE',
  'DK',
  'ES',
  'FI',
  'FR',
  'GB',
  'HK',
  'ID',
  'IN',
  'IT',
  'JP',
  'KR',
  'MX',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'SE',
  'SG',
  'TH',
  'TR',
  'TW',
  'US',
  'ZA',
] as const;
