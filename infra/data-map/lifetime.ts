import * as z from 'zod';
import { backupDays } from './backups.ts';
import { period } from './durations.ts';
import { lifecycleOf } from './lifecycle.ts';
import { promisedRetention } from './promised-retention.ts';
import { type Resource, read, type System } from './system.ts';

const table = z.object({
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
});
/** Four days where nothing is said: SQS's own default. */
const queue = z.object({ MessageRetentionPeriod: z.number().default(345_600) });
/** A day where nothing is said, and never less. */
const eventBus = z.object({
  StorageConfiguration: z.object({ RetentionPeriodInDays: z.number().default(1) }).prefault({}),
});
const logGroup = z.object({ RetentionInDays: z.number().optional() });

/** What of the template ends the life of what is in there; undefined where nothing does. */
export function endOf(resource: Resource): string | undefined {
  return ends[resource.type]?.(resource);
}

const ends: Readonly<Record<string, (resource: Resource) => string | undefined>> = {
  'AWS::DynamoDB::Table': timeToLive,
  'AWS::DynamoDB::GlobalTable': timeToLive,
  'AWS::S3::Bucket': (resource) => {
    const days = lifecycleOf(resource).flatMap(({ ExpirationInDays }) => ExpirationInDays ?? []);
    return days.length === 0 ? undefined : `lifecycle after ${Math.min(...days)} d`;
  },
  'AWS::EventsV2::EventBus': (resource) =>
    `${read(resource, eventBus).StorageConfiguration.RetentionPeriodInDays} d`,
  'AWS::SQS::Queue': (resource) => period(read(resource, queue).MessageRetentionPeriod),
  'AWS::Logs::LogGroup': (resource) => {
    const { RetentionInDays } = read(resource, logGroup);
    return RetentionInDays === undefined ? undefined : `${RetentionInDays} d`;
  },
};

function timeToLive(resource: Resource): string | undefined {
  const { TimeToLiveSpecification: ttl } = read(resource, table);
  return ttl?.Enabled === true ? `time to live at ${ttl.AttributeName}` : undefined;
}

/** How long something stays: what its declaration says or is promised for its kind, what ends it, and backups. */
export function retentionOf(system: System, resource: Resource): string {
  const { kinds, life } = resource.declaration ?? { kinds: [] };
  const promised = promisedRetention(system, kinds);
  const backup = backupDays(resource);
  const parts = [
    life ?? (promised === undefined ? undefined : period(promised)),
    endOf(resource),
    backup === undefined ? undefined : `in backups for ${backup} d more`,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}
