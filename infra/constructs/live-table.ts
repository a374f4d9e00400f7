import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/**
 * Who is connected to a large group or watches a room, a row for each connection; which large groups somebody is in and which
 * rooms they watch; and how far each part of a room has been told.
 */
export class LiveTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'liveTable',
      dataMap: {
        name: 'live',
        kinds: ['ids'],
        purpose:
          'who is connected to a group of more than 32 or watches a room, which of these somebody is in, who is told whether whom is there, and how far a room has been told',
        life: 'the socket, at most 2 h and the grace; of which groups, 30 days from when somebody has looked at them; how far a room has been told, 7 d after the last who came',
        deletion:
          'when the socket closes, before a withdrawal takes effect, and with the account; time to live as the backstop',
      },
      partitionKey: { name: 'place', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
