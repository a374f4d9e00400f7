import * as z from 'zod';
import { type Access, accessTo, type Grant, grantsOf } from './access.ts';
import type { DataKind } from './declaration.ts';
import { encryptionOf } from './encryption.ts';
import { retentionOf } from './lifetime.ts';
import { mention } from './references.ts';
import { holders } from './resource-types.ts';
import { holdersOf, type Resource, read, type System } from './system.ts';

export type Index = { readonly name: string; readonly holds: string; readonly access: readonly Access[] };

/** One row of the data map: something that personal data is in, or passes through. */
export type Store = {
  readonly name: string;
  readonly service: string;
  readonly kinds: readonly DataKind[];
  readonly purpose: string;
  readonly region: string;
  readonly key: string;
  readonly retention: string;
  readonly deletion: string;
  readonly access: readonly Access[];
  readonly indexes?: readonly Index[];
  /** `stack/logicalId`. */
  readonly resource: string;
};

/** By the type's second word: the prefix of the actions that touch it. */
const actionPrefixes: Readonly<Record<string, string>> = {
  ApiGatewayV2: 'execute-api',
  Cognito: 'cognito-idp',
  KinesisFirehose: 'firehose',
};

const indexesShape = z.object({
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), Projection: z.object({ ProjectionType: z.string() }) }))
    .default([]),
});

/** Declared ones only: a rule sees to it that there are no others. */
export function storesOf(system: System): readonly Store[] {
  const grants = grantsOf(system);
  return holdersOf(system)
    .flatMap((resource) => storeOf(system, grants, resource))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function storeOf(system: System, grants: readonly Grant[], resource: Resource): readonly Store[] {
  const { declaration, type, region, id } = resource;
  if (declaration === undefined) return [];
  const { name, kinds, purpose, deletion } = declaration;
  const self = mention(id);
  const word = type.split('::')[1] ?? '';
  const prefix = actionPrefixes[word] ?? word.toLowerCase();
  const indexes = read(resource, indexesShape).GlobalSecondaryIndexes.map(({ IndexName, Projection }) => ({
    name: IndexName,
    holds: Projection.ProjectionType === 'KEYS_ONLY' ? 'keys only' : 'all attributes',
    access: accessTo(grants, prefix, (on) => on.includes(`${self}/index/${IndexName}`)),
  }));
  return [
    {
      name,
      service: holders[type] ?? type,
      kinds,
      purpose,
      region,
      key: encryptionOf(system, resource),
      retention: retentionOf(system, resource),
      deletion,
      access: accessTo(grants, prefix, (on) => on.includes(self) && !on.includes('/index/')),
      ...(indexes.length > 0 && { indexes }),
      resource: id,
    },
  ];
}
