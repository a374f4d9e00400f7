import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Which messages of a conversation have changed, numbered within it: who was away asks for what came behind a number. */
export class ChangeTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'changeTable',
      dataMap: {
        name: 'changes',
        kinds: ['ids'],
        purpose:
          'that a message was edited, recalled, pinned or erased, by its number; nobody’s id and nothing of what it says',
        life: 'as long as the message that changed, 30 d at most',
        deletion: 'time to live; who asks is told of nothing that has ended',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'rev', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
