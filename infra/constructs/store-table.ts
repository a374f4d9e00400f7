import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type Attribute,
  BillingMode,
  type GlobalSecondaryIndexProps,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Conditions } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

/** Where it is noted which part of a stream was given up. */
export type NotedFailures = { readonly arn: string };

export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

const reads: ReadonlySet<TableAction> = new Set(['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query']);

export type StoreIndex<Name extends string> = GlobalSecondaryIndexProps & { readonly indexName: Name };

export type StoreTableProps<Index extends string> = {
  readonly dataMap: Declaration;
  /** The variable that names this table to a function. */
  readonly variable: EnvironmentKey;
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  readonly timeToLiveAttribute?: string;
  readonly indexes?: readonly StoreIndex<Index>[];
};

/** Whether a table tells what is written into it. */
export type Streaming = {
  /** A stream keeps what it tells for a day: only the keys, and none without it. */
  readonly stream?: boolean;
};

/**
 * A table for one noun. No point-in-time recovery, which would keep for days what the promise says is gone; a stream only where
 * the operator asks for events, and then of keys. Its deployment cannot lose it: protected from deletion, and retained with the stack gone.
 */
export abstract class StoreTable<Index extends string = never> extends Construct {
  readonly indexNames: readonly Index[];
  private readonly table: Table;
  private readonly variable: EnvironmentKey;
  private readonly key: CustomerKey | undefined;

  constructor(
    scope: Construct,
    id: string,
    { variable, dataMap, indexes = [], stream = false, ...keys }: StoreTableProps<Index> & Streaming,
  ) {
    super(scope, id);
    this.variable = variable;
    this.indexNames = indexes.map(({ indexName }) => indexName);
    this.key = CustomerKey.of(this);
    this.table = new Table(this, 'Table', {
      ...keys,
      billingMode: BillingMode.PAY_PER_REQUEST,
      deletionProtection: true,
      ...(this.key !== undefined && {
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: this.key.key,
      }),
      ...(stream && { stream: StreamViewType.KEYS_ONLY }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of indexes) this.table.addGlobalSecondaryIndex(index);
    declare(this.table, dataMap);
  }

  /** Calls that DynamoDB turned away, of the table or of an index; the SDK has tried each of them again. */
  throttles(kind: 'Read' | 'Write', index?: Index): Metric {
    return this.table.metric(`${kind}ThrottleEvents`, {
      statistic: 'Sum',
      ...(index !== undefined && {
        dimensionsMap: { TableName: this.table.tableName, GlobalSecondaryIndexName: index },
      }),
    });
  }

  /** These calls and no others. The function is told the table's name in the same breath, so that the two cannot drift. */
  grant(fn: ChatFunction, ...actions: readonly [TableAction, ...TableAction[]]): void {
    this.allow(fn, actions, this.table.tableArn);
  }

  /** To be invoked with what is written, in batches; what fails for hours is noted by its place in the queue. */
  deliverChanges(fn: ChatFunction, failures: NotedFailures): void {
    const eventSourceArn = this.table.tableStreamArn;
    if (eventSourceArn === undefined) return;
    fn.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [eventSourceArn],
    );
    // Lambda asks for it, and it knows no resource.
    fn.allow(['dynamodb:ListStreams'], ['*']);
    this.key?.grantRead(fn, 'dynamodb');
    fn.lambda.addEventSourceMapping(`${this.node.id}Changes`, {
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      maxRecordAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: failures.arn }) },
    });
  }

  /** These calls on the items of one partition, or of those that a `*` stands for. */
  protected grantPartition(
    fn: ChatFunction,
    partition: string,
    ...actions: readonly [TableAction, ...TableAction[]]
  ): void {
    const operator = partition.endsWith('*') ? 'StringLike' : 'StringEquals';
    const conditions = { [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': [partition] } };
    this.allow(fn, actions, this.table.tableArn, conditions);
  }

  /** To query these indexes, and not the table itself. */
  grantIndexQuery(fn: ChatFunction, ...indexes: readonly [Index, ...Index[]]): void {
    for (const index of indexes) this.allow(fn, ['Query'], `${this.table.tableArn}/index/${index}`);
  }

  private allow(
    fn: ChatFunction,
    actions: readonly TableAction[],
    resource: string,
    conditions: Conditions = {},
  ): void {
    // One by one: what two features grant alike is one statement.
    for (const action of actions) fn.allow([`dynamodb:${action}`], [resource], conditions);
    if (actions.every((action) => reads.has(action))) this.key?.grantRead(fn, 'dynamodb');
    else this.key?.grantWrite(fn, 'dynamodb');
    fn.setEnvironment({ [this.variable]: this.table.tableName });
  }
}
