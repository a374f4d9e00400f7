import type { AwsClients } from '../aws-clients.ts';
import type { DeployedResource } from '../deployed-stacks.ts';

/**
 * Asks the service itself, not CloudFormation, what was made, and says it in the words of the template. What is at
 * AWS's default is undefined, so that nothing may be there which the template does not declare.
 */
export type Reader = (
  aws: AwsClients,
  resource: DeployedResource & { readonly physicalId: string },
) => Promise<Readonly<Record<string, unknown>>>;

export type Readers = Readonly<Record<string, Reader>>;

type Tags = Readonly<Record<string, string>>;

/** Without the tags that CloudFormation itself adds. */
export function ownTags(tags: Tags = {}): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !name.startsWith('aws:')));
}

/** `{a: 'b'}` as CloudFormation's `[{Key: 'a', Value: 'b'}]`. */
export function tagList(tags?: Tags): readonly object[] {
  return Object.entries(ownTags(tags)).map(([Key, Value]) => ({ Key, Value }));
}
