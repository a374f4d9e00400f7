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

/** `{a: 1}` as CloudFormation's `[{Key: 'a', Value: 1}]`, without what CloudFormation itself adds. */
export function tagList(tags: Readonly<Record<string, string>> | undefined): readonly object[] {
  return Object.entries(tags ?? {})
    .filter(([Key]) => !Key.startsWith('aws:'))
    .map(([Key, Value]) => ({ Key, Value }));
}

/** The names of a service that writes `likeThis` as CloudFormation writes them, `LikeThis`. */
export function capitalized(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, inner]),
  );
}
