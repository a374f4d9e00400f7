import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Which connections have yet to fetch the media of which message. Ids and times; `byEnd` lists all that is under way. */
export class HandoverTable extends StoreTable<'byEnd'> {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'handoverTable',
      dataMap: {
        name: 'handovers',
        kinds: ['ids'],
        purpose: 'which connections have yet to fetch the media of which message',
        life: 'as the media that is handed over',
        deletion: 'together with the media; time to live as the backstop',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'byEnd',
          partitionKey: { name: 'openIndex', type: AttributeType.STRING },
          sortKey: { name: 'until', type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
      ],
    });
  }
}
