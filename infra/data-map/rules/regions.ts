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

const place = z.object({ Region: z.unknown() });
/** A witness votes on each write and keeps the log of them, without serving reads. */
const globalTable = z.object({
  Replicas: z.array(place).default([]),
  GlobalTableWitnesses: z.array(place).default([]),
});

export const noTableReplicatesOut: Rule = (system, { regions }) =>
  ofType(system, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').flatMap((resource) => {
    const { Replicas, GlobalTableWitnesses } = read(resource, globalTable);
    const outside = [...Replicas, ...GlobalTableWitnesses]
      .map(({ Region }) => Region)
      .filter((name) => typeof name !== 'string' || !regions.includes(name));
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

const sharedTable = z.object({ GlobalTableSourceArn: z.unknown().optional() });

/** A replica in another account: that account's own rights and backups are on no map of this one. */
export const noTableIsShared: Rule = (system) =>
  ofType(system, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')
    .filter((resource) => read(resource, sharedTable).GlobalTableSourceArn !== undefined)
    .map((resource) => ({
      rule: 'replication',
      resource,
      fault: 'is a replica of a table that may be of another account, so that each has what the other writes',
      fix: 'remove `globalTableSourceArn`',
    }));

const userPoolReplica = z.object({ RegionName: z.unknown() });

export const noUserPoolReplicatesOut: Rule = (system, { regions }) =>
  ofType(system, 'AWS::Cognito::UserPoolReplica').flatMap((resource) => {
    const { RegionName } = read(resource, userPoolReplica);
    if (typeof RegionName === 'string' && regions.includes(RegionName)) return [];
    return [
      {
        rule: 'replication',
        resource,
        fault: `replicates a user pool, names and passwords, to ${JSON.stringify(RegionName)}`,
        fix: `keep replicas to ${regions.join(', ')}, by name, or add the region to \`regions\` of the configuration`,
      },
    ];
  });
