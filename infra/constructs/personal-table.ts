import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable } from './store-table.ts';

/** What a person has for themselves: where something happened lately, what they have reacted with, whom they have blocked, what they have set. */
export class PersonalTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'personalTable',
      dataMap: {
        name: 'personal',
        kinds: ['ids', 'account'],
        purpose:
          'where something was written lately, what somebody has reacted with, whom they have blocked, what they have reported and set, which of their devices are notified, with the tokens, and when they were last there',
        life: 'of where something was written, the longest retention and a day; of when they were last there, a week; of a device that is notified, `notifications.tokens` since the app has registered it; of what they have reported, as long as the report; of a reaction, as long as the message, or its legal hold; the rest as long as the account',
        deletion:
          'with the account; tokens of devices also at a sign-out and a withdrawal; time to live for what has an end',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
