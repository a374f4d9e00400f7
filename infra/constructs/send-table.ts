import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Which `(sender, conversation, id)` got which `seq`, so that a repeat gets it again. Ids only. */
export class SendTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'sendTable',
      dataMap: {
        name: 'sends',
        kinds: ['ids'],
        purpose: 'a repeated send gets the number it got before',
        life: 'the retention of messages, and at least a day; of an erased account none',
        deletion: 'time to live, from a day after its end; erasure of the account',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'sendKey', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
