import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';
import { StoreTable } from './store-table.ts';

/** Who uploads what for which conversation, and what it was found to be. `bySweep` finds uploads that nobody has sent. */
export class MediaTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      envName: 'MEDIA_TABLE',
      dataMap: {
        name: 'media',
        kinds: ['message'],
        purpose: 'who uploads what for which conversation, and what it was found to be',
        deletion:
          'with the message, or within the hour by the sweeper of uploads; time to live as the backstop',
      },
      partitionKey: { name: 'mediaId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'bySweep',
          partitionKey: { name: 'sweepIndex', type: AttributeType.STRING },
          sortKey: { name: 'sweepAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
      ],
    });
  }

  grantGet(fn: RouteFunction): void {
    this.grant(fn, 'GetItem');
  }

  grantPut(fn: RouteFunction): void {
    this.grant(fn, 'PutItem');
  }

  grantUpdate(fn: RouteFunction): void {
    this.grant(fn, 'UpdateItem');
  }

  grantDelete(fn: RouteFunction): void {
    this.grant(fn, 'DeleteItem');
  }

  grantQueryBySweep(fn: RouteFunction): void {
    this.grantIndexQuery(fn, 'bySweep');
  }
}
