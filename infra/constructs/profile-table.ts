import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** What people let others see of themselves, and the titles that they give to groups. `bySweep` finds what has ended. */
export class ProfileTable extends StoreTable<'bySweep'> {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'profileTable',
      dataMap: {
        name: 'profiles',
        kinds: ['profile'],
        purpose:
          'what people let others see of themselves in the chat, and the titles that they give to groups',
        deletion: 'by the sweeper of profiles, by erasure, and by time to live; never read after its end',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'bySweep',
          partitionKey: { name: 'sweepShard', type: AttributeType.STRING },
          sortKey: { name: 'sweepFrom', type: AttributeType.NUMBER },
          // Nothing that anybody says: whose it is, and until when.
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['endsAt', 'expiresAt', 'by', 'releasedAt'],
        },
      ],
    });
  }
}
