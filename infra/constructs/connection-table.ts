import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Who is connected where: one item a user; `byExpiry` finds the sockets whose token is about to end. */
export class ConnectionTable extends StoreTable<'byExpiry'> {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'connectionTable',
      dataMap: {
        name: 'connections',
        kinds: ['ids'],
        purpose: 'who is connected where, and what they let others know',
        life: 'the socket, at most 2 h and the grace',
        deletion: 'when the socket closes, which a withdrawal does at once; time to live as the backstop',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'byExpiry',
          partitionKey: { name: 'expiryIndex', type: AttributeType.STRING },
          sortKey: { name: 'nextExpiry', type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
  }
}
