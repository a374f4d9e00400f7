import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** What people let others see of themselves, gone once `expiresAt` has passed. */
export class ProfileTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'profileTable',
      dataMap: {
        name: 'profiles',
        kinds: ['profile'],
        purpose: 'what people let others see of themselves in the chat',
        deletion: 'by erasure and by time to live; never read after its end',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
