import type { LocalApi, LocalFunction } from './model.ts';

export type KeyAttribute = { readonly name: string; readonly keyType: 'HASH' | 'RANGE' };

type LocalIndex = {
  readonly indexName: string;
  readonly keys: readonly KeyAttribute[];
  readonly projectionType: string;
  readonly nonKeyAttributes: readonly string[];
};

export type LocalTable = {
  readonly tableName: string;
  readonly attributeTypes: Readonly<Record<string, string>>;
  readonly keys: readonly KeyAttribute[];
  readonly indexes: readonly LocalIndex[];
  readonly ttlAttribute?: string;
  /** What its stream shows, where it has one. */
  readonly streamViewType?: string;
};

export type LocalQueue = {
  readonly queueName: string;
  /** As CreateQueue takes them: every value a string. */
  readonly attributes: Readonly<Record<string, string>>;
};

export type CorsRule = {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds: number;
};

export type LocalBucket = { readonly bucketName: string; readonly corsRules: readonly CorsRule[] };

export type QueueSource = {
  readonly queueName: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly maximumConcurrency: number;
};

/** A function that is invoked with the changes of a table. */
export type StreamSource = {
  readonly tableName: string;
  /** As the template has it. */
  readonly streamArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly bisects: boolean;
  readonly reportsItemFailures: boolean;
  /** How often a batch is tried again; without it until its records are too old. */
  readonly mostRetries?: number;
  /** Seconds; without it as long as the stream keeps them. */
  readonly mostAge?: number;
  /** Where it is noted that a batch was given up. */
  readonly failureQueue?: string;
};

export type LocalSchedule = {
  readonly scheduleName: string;
  readonly functionName: string;
  readonly expression: string;
  /** The constant input of the target; the scheduled event when absent. */
  readonly input?: unknown;
};

type LocalUserPool = { readonly poolId: string; readonly issuer: string };

/** Everything the synthesized assembly asks this machine to run. */
export type SystemModel = {
  readonly region: string;
  readonly accountId: string;
  readonly urlSuffix: string;
  readonly api: LocalApi;
  readonly functions: readonly LocalFunction[];
  readonly tables: readonly LocalTable[];
  readonly queues: readonly LocalQueue[];
  readonly buckets: readonly LocalBucket[];
  readonly queueSources: readonly QueueSource[];
  readonly streamSources: readonly StreamSource[];
  readonly schedules: readonly LocalSchedule[];
  readonly userPools: readonly LocalUserPool[];
};
