import { RemovalPolicy } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type Attribute,
  BillingMode,
  type GlobalSecondaryIndexProps,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Conditions } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

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

/**
 * A table for one noun. No stream, no point-in-time recovery: either would keep for days what the promise
 * says is gone. Its deployment cannot lose it: protected from deletion, and retained with the stack gone.
 */
export abstract class StoreTable<Index extends string = never> extends Construct {
  readonly indexNames: readonly Index[];
  private readonly table: Table;
  private readonly variable: EnvironmentKey;
  private readonly key: CustomerKey | undefined;

  constructor(
    scope: Construct,
    id: string,
    { variable, dataMap, indexes = [], ...keys }: StoreTableProps<Index>,
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

  /** These calls on the items of one partition. */
  protected grantPartition(
    fn: ChatFunction,
    partition: string,
    ...actions: readonly [TableAction, ...TableAction[]]
  ): void {
    const conditions = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [partition] } };
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
