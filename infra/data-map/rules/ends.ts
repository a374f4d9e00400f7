import * as z from 'zod';
import type { DataKind } from '../declaration.ts';
import { lifecycleOf } from '../lifecycle.ts';
import { endOf } from '../lifetime.ts';
import { holdersOf, ofType, read } from '../system.ts';
import type { Rule } from './violation.ts';

/** Kinds that are promised to end by themselves. */
export const isContent = (kind: DataKind): boolean => kind === 'message' || kind === 'profile';

export const everyLogEnds: Rule = (system) =>
  ofType(system, 'AWS::Logs::LogGroup')
    .filter((resource) => endOf(resource) === undefined)
    .map((resource) => ({
      rule: 'log-without-retention',
      resource,
      fault: 'is a log group that keeps its lines for ever',
      fix: 'make it with OneWeekLogGroup, or set `retention` where it is made',
    }));

const logging = z.object({ LoggingConfig: z.object({ LogGroup: z.unknown().optional() }).optional() });

/** Lambda makes a log group without an end for a function that names none. */
export const everyFunctionNamesItsLog: Rule = (system) =>
  ofType(system, 'AWS::Lambda::Function')
    .filter((resource) => read(resource, logging).LoggingConfig?.LogGroup === undefined)
    .map((resource) => ({
      rule: 'log-without-retention',
      resource,
      fault: 'is a function without a log group of its own: Lambda makes one that keeps its lines for ever',
      fix: 'make the function with ChatFunction, or give it a `logGroup` with a retention',
    }));

const atRest = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'];

export const everyContentEnds: Rule = (system) =>
  holdersOf(system)
    .filter(({ type, declaration }) => atRest.includes(type) && declaration?.kinds.some(isContent))
    .filter((resource) => endOf(resource) === undefined)
    .map((resource) => ({
      rule: 'content-without-end',
      resource,
      fault: 'holds messages or profiles and nothing in it ends by itself',
      fix: 'give a table a `timeToLiveAttribute`, a bucket a lifecycle rule with an expiration for all objects',
    }));

const versioning = z.object({ VersioningConfiguration: z.object({ Status: z.string() }).optional() });

export const oldVersionsEnd: Rule = (system) =>
  ofType(system, 'AWS::S3::Bucket')
    .filter((resource) => read(resource, versioning).VersioningConfiguration?.Status === 'Enabled')
    .filter((resource) =>
      lifecycleOf(resource).every(
        ({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration === undefined,
      ),
    )
    .map((resource) => ({
      rule: 'versions-without-end',
      resource,
      fault: 'is a versioned bucket in which a deleted object lives on as an older version',
      fix: 'set `versioned: false`, or add a lifecycle rule with `noncurrentVersionExpiration` for all objects',
    }));
