import * as z from 'zod';
import { type Resource, read } from './system.ts';

const shape = z.object({
  LifecycleConfiguration: z
    .object({
      Rules: z.array(
        z.object({
          Status: z.string(),
          Prefix: z.string().default(''),
          TagFilters: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
          ExpirationInDays: z.number().optional(),
          NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional(),
        }),
      ),
    })
    .default({ Rules: [] }),
});

/** Every object of a bucket that asks for it carries this tag but what a legal hold has taken out of the bucket's clock. */
const isTimed = ({ Key, Value }: { readonly Key: string; readonly Value: string }) =>
  Key === 'lapse' && Value === 'timed';

/** The lifecycle rules that are in force for every object of a bucket. */
export function lifecycleOf(bucket: Resource) {
  return read(bucket, shape).LifecycleConfiguration.Rules.filter(
    ({ Status, Prefix, TagFilters }) => Status === 'Enabled' && Prefix === '' && TagFilters.every(isTimed),
  );
}
