import * as z from 'zod';
import { ofType, read } from '../system.ts';
import type { Rule } from './violation.ts';

export const everyStackIsInARegion: Rule = ({ resources }, { regions }) =>
  resources
    .filter(({ region }) => !regions.includes(region))
    .filter(({ stackName }, at, all) => all.findIndex((one) => one.stackName === stackName) === at)
    .map((resource) => ({
      rule: 'region',
      resource,
      fault: `and its stack are in ${resource.region}`,
      fix: `deploy to one of ${regions.join(', ')}, or add the region to \`regions\` of the configuration`,
    }));

const bucket = z.object({ ReplicationConfiguration: z.unknown().optional() });

export const noBucketReplicates: Rule = (system) =>
  ofType(system, 'AWS::S3::Bucket')
    .filter((resource) => read(resource, bucket).ReplicationConfiguration !== undefined)
    .map((resource) => ({
      rule: 'replication',
      resource,
      fault:
        'copies its objects to another bucket, which may be in any region and which no deletion here reaches',
      fix: 'remove the replication',
    }));

const globalTable = z.object({ Replicas: z.array(z.object({ Region: z.unknown() })).default([]) });

export const noTableReplicatesOut: Rule = (system, { regions }) =>
  ofType(system, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').flatMap((resource) => {
    const replicas = read(resource, globalTable).Replicas.map(({ Region }) => Region);
    const outside = replicas.filter((name) => typeof name !== 'string' || !regions.includes(name));
    if (outside.length === 0) return [];
    return [
      {
        rule: 'replication',
        resource,
        fault: `is replicated to ${outside.map(String).join(', ')}`,
        fix: `keep replicas to ${regions.join(', ')}, by name, or add the region to \`regions\` of the configuration`,
      },
    ];
  });
