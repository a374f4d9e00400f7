import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';
import { StoreTable } from './store-table.ts';

/** Chat records, numbered within their conversation, gone once `expiresAt` has passed. */
export class MessageTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'messageTable',
      dataMap: {
        name: 'messages',
        kinds: ['message'],
        purpose: 'the chat',
        deletion: 'by the sweeper within its bound, and by erasure; time to live as the backstop',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
    });
  }

  grantBatchWrite(fn: RouteFunction): void {
    this.grant(fn, 'BatchWriteItem');
  }

  grantPut(fn: RouteFunction): void {
    this.grant(fn, 'PutItem');
  }

  grantUpdate(fn: RouteFunction): void {
    this.grant(fn, 'UpdateItem');
  }

  grantQuery(fn: RouteFunction): void {
    this.grant(fn, 'Query');
  }
}
