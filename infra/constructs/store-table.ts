import { RemovalPolicy } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Attribute, BillingMode, type GlobalSecondaryIndexProps, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { EnvName } from '../../shared/runtime/env.ts';
import type { RouteFunction } from './route-function.ts';

export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

export type StoreTableProps = {
  /** The variable that names this table to a function. */
  readonly envName: EnvName;
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  readonly timeToLiveAttribute?: string;
  readonly indexes?: readonly GlobalSecondaryIndexProps[];
};

/**
 * A table for one noun. No stream, no point-in-time recovery: either would keep for days what the promise
 * says is gone. Its deployment cannot lose it: protected from deletion, and retained with the stack gone.
 */
export abstract class StoreTable extends Construct {
  private readonly table: Table;
  private readonly envName: EnvName;

  constructor(scope: Construct, id: string, { envName, indexes = [], ...keys }: StoreTableProps) {
    super(scope, id);
    this.envName = envName;
    this.table = new Table(this, 'Table', {
      ...keys,
      billingMode: BillingMode.PAY_PER_REQUEST,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of indexes) this.table.addGlobalSecondaryIndex(index);
  }

  /** Calls that DynamoDB turned away; the SDK has tried each of them again. */
  throttles(kind: 'Read' | 'Write'): Metric {
    return this.table.metric(`${kind}ThrottleEvents`, { statistic: 'Sum' });
  }

  /** Grants and names the table in one call, so that the two cannot drift. */
  protected grant(fn: RouteFunction, ...actions: readonly TableAction[]): void {
    fn.allow(actions.map(qualified), [this.table.tableArn]);
    fn.setEnvironment({ [this.envName]: this.table.tableName });
  }

  protected grantIndexQuery(fn: RouteFunction, indexName: string): void {
    fn.allow([qualified('Query')], [`${this.table.tableArn}/index/${indexName}`]);
    fn.setEnvironment({ [this.envName]: this.table.tableName });
  }
}

function qualified(action: TableAction): string {
  return `dynamodb:${action}`;
}
