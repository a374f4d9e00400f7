import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';
import { StoreTable } from './store-table.ts';

/**
 * The ledger of consent and age decisions: appended to, never changed, no birth date in it. Entries get an end only
 * when the account is erased.
 */
export class ConsentTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      envName: 'CONSENT_TABLE',
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
    });
  }

  grantQuery(fn: RouteFunction): void {
    this.grant(fn, 'Query');
  }

  grantPut(fn: RouteFunction): void {
    this.grant(fn, 'PutItem');
  }

  grantUpdate(fn: RouteFunction): void {
    this.grant(fn, 'UpdateItem');
  }
}
