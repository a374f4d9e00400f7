import * as z from 'zod';
import { localAccountId } from '../../../infra/local/model/local-identity.ts';
import { readAssembly } from '../../../infra/local/template/assembly.ts';
import { ofType, readProperties } from '../../../infra/local/template/read-properties.ts';
import { resolveResources } from '../../../infra/local/template/resolved-resources.ts';

/** What a bucket deletes by itself, and after how many days. */
export type BucketRule = {
  readonly days: number;
  readonly prefix: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
};

const shape = z.object({
  LifecycleConfiguration: z
    .object({
      Rules: z.array(
        z.object({
          Status: z.literal('Enabled'),
          Prefix: z.string().default(''),
          ExpirationInDays: z.number().optional(),
          TagFilters: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
        }),
      ),
    })
    .default({ Rules: [] }),
});

export function bucketRules(assemblyFolder: string): ReadonlyMap<string, readonly BucketRule[]> {
  const place = {
    region: 'ap-northeast-2',
    accountId: localAccountId,
    urlSuffix: 'amazonaws.com',
    partition: 'aws',
  };
  const resources = resolveResources(readAssembly(assemblyFolder), place);
  return new Map(
    ofType(resources, 'AWS::S3::Bucket').map((resource) => [
      resource.ref,
      readProperties(resource, shape).LifecycleConfiguration.Rules.flatMap((rule) =>
        rule.ExpirationInDays === undefined
          ? []
          : [{ days: rule.ExpirationInDays, prefix: rule.Prefix, tags: rule.TagFilters }],
      ),
    ]),
  );
}
