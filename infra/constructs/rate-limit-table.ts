import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Until when what a user has taken of each limit counts. Ids and times, for minutes. */
export class RateLimitTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'rateLimitTable',
      dataMap: {
        name: 'rateLimits',
        kinds: ['ids'],
        purpose: 'how much of each limit a user has taken',
        life: 'until the limit is as if it had never been touched: minutes',
        deletion: 'time to live; a row that is still there after that has no effect',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'limit', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
