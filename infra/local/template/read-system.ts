import { fallbackRegion, localAccountId } from '../model/local-identity.ts';
import type { SystemModel } from '../model/system-model.ts';
import { readAssembly } from './assembly.ts';
import type { Place } from './physical-ids.ts';
import { readApi } from './read-api.ts';
import { readBuckets } from './read-buckets.ts';
import { readFunctions } from './read-functions.ts';
import { ofType } from './read-properties.ts';
import { readQueueSources } from './read-queue-sources.ts';
import { readQueues } from './read-queues.ts';
import { readSchedules } from './read-schedules.ts';
import { readStreamSources } from './read-stream-sources.ts';
import { readTables } from './read-tables.ts';
import { resolveResources } from './resolved-resources.ts';

/** Reads a cloud assembly into what this machine has to run. */
export function readSystem(assemblyFolder: string): SystemModel {
  const assembly = readAssembly(assemblyFolder);
  const region = assembly.stacks.find((stack) => stack.region !== undefined)?.region ?? fallbackRegion;
  const place: Place = { region, accountId: localAccountId, urlSuffix: 'amazonaws.com', partition: 'aws' };
  const resources = resolveResources(assembly, place);
  return {
    region,
    accountId: place.accountId,
    urlSuffix: place.urlSuffix,
    api: readApi(resources, place),
    functions: readFunctions(resources, assembly.assetPaths),
    tables: readTables(resources),
    queues: readQueues(resources),
    buckets: readBuckets(resources),
    queueSources: readQueueSources(resources),
    streamSources: readStreamSources(resources),
    schedules: readSchedules(resources),
    userPools: ofType(resources, 'AWS::Cognito::UserPool').map(({ ref }) => ({
      poolId: ref,
      issuer: `https://cognito-idp.${region}.${place.urlSuffix}/${ref}`,
    })),
  };
}
