import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** Who is connected to a large group, a row for each connection and group; and which large groups somebody is in. */
export class LiveTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'liveTable',
      dataMap: {
        name: 'live',
        kinds: ['ids'],
        purpose: 'who is connected to a group of more than 32, and which of these somebody is in',
        life: 'the socket, at most 2 h and the grace; of which groups, 30 days from when somebody has looked at them',
        deletion:
          'when the socket closes, before a withdrawal takes effect, and with the account; time to live as the backstop',
      },
      partitionKey: { name: 'place', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
