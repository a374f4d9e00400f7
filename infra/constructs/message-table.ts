import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable, type Streaming } from './store-table.ts';

/** Chat records, numbered within their conversation, gone once `expiresAt` has passed. */
export class MessageTable extends StoreTable {
  constructor(scope: Construct, id: string, { stream = false }: Streaming = {}) {
    super(scope, id, {
      stream,
      variable: 'messageTable',
      dataMap: {
        name: 'messages',
        kinds: ['message'],
        purpose: 'the chat',
        deletion: 'by the sweeper within its bound, and by erasure; time to live as the backstop',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'seq', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
