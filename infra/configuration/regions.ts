import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as z from 'zod';

const known = new Set(RegionInfo.regions.map(({ name }) => name));
const allowed =
  'allowed: a list of AWS region codes such as ["ap-northeast-2"], the first one being the default';

const region = z
  .string({ error: 'allowed: an AWS region code such as "ap-northeast-2"' })
  .refine((name) => known.has(name), { error: 'allowed: an AWS region code such as "ap-northeast-2"' });

/** The regions that the operator's terms name; nothing is deployed to, or replicates to, any other. */
export const regions = z
  .array(z.unknown(), { error: allowed })
  .min(1, { error: allowed })
  .pipe(z.tuple([region], region))
  .refine((names) => new Set(names).size === names.length, { error: 'allowed: each region once' });
