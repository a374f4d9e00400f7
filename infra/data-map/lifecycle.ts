import * as z from 'zod';
import { type Resource, read } from './system.ts';

const shape = z.object({
  LifecycleConfiguration: z
    .object({
      Rules: z.array(
        z.object({
          Status: z.string(),
          Prefix: z.string().default(''),
          TagFilters: z.array(z.unknown()).default([]),
          ExpirationInDays: z.number().optional(),
          NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional(),
        }),
      ),
    })
    .default({ Rules: [] }),
});

/** The lifecycle rules that are in force for every object of a bucket. */
export function lifecycleOf(bucket: Resource) {
  return read(bucket, shape).LifecycleConfiguration.Rules.filter(
    ({ Status, Prefix, TagFilters }) => Status === 'Enabled' && Prefix === '' && TagFilters.length === 0,
  );
}
