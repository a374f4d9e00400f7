import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';
import { StoreTable } from './store-table.ts';

/** A conversation's head and members, found by conversation or, through `byUser`, by member. */
export class ConversationTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      envName: 'CONVERSATION_TABLE',
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      index: {
        indexName: 'byUser',
        partitionKey: { name: 'userId', type: AttributeType.STRING },
        sortKey: { name: 'conversationId', type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      },
    });
  }

  grantQuery(fn: RouteFunction): void {
    this.grant(fn, 'Query');
  }

  grantQueryByUser(fn: RouteFunction): void {
    this.grantIndexQuery(fn);
  }

  grantBatchGet(fn: RouteFunction): void {
    this.grant(fn, 'BatchGetItem');
  }

  grantPut(fn: RouteFunction): void {
    this.grant(fn, 'PutItem');
  }

  grantUpdate(fn: RouteFunction): void {
    this.grant(fn, 'UpdateItem');
  }
}
