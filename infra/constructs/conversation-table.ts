import { AttributeType, type GlobalSecondaryIndexProps, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ChatFunction } from './chat-function.ts';
import { StoreTable } from './store-table.ts';

/** Holds the heads of conversations with messages in them; keys alone, so that it is written only when these change. */
function purgeIndex(indexName: string, sortKey: 'nextPurgeAt' | 'purgeFrom'): GlobalSecondaryIndexProps {
  return {
    indexName,
    partitionKey: { name: 'purgeShard', type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  };
}

/** A conversation's head and members, found by conversation or, through `byUser`, by member. The purge indexes find what has expired. */
export class ConversationTable extends StoreTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'conversationTable',
      dataMap: {
        name: 'conversations',
        kinds: ['membership'],
        purpose: 'who is in which conversation and has read how far, its title and order',
        life: 'while it has members',
        deletion: 'by erasure',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      indexes: [
        {
          indexName: 'byUser',
          partitionKey: { name: 'userId', type: AttributeType.STRING },
          sortKey: { name: 'conversationId', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
        purgeIndex('byNextPurge', 'nextPurgeAt'),
        purgeIndex('byPurgeFrom', 'purgeFrom'),
      ],
    });
  }

  grantQuery(fn: ChatFunction): void {
    this.grant(fn, 'Query');
  }

  grantQueryByUser(fn: ChatFunction): void {
    this.grantIndexQuery(fn, 'byUser');
  }

  /** Both: by the earliest end that was stamped, and by the age of the oldest message. */
  grantQueryByPurge(fn: ChatFunction): void {
    this.grantIndexQuery(fn, 'byNextPurge');
    this.grantIndexQuery(fn, 'byPurgeFrom');
  }

  grantGet(fn: ChatFunction): void {
    this.grant(fn, 'GetItem');
  }

  grantBatchGet(fn: ChatFunction): void {
    this.grant(fn, 'BatchGetItem');
  }

  grantPut(fn: ChatFunction): void {
    this.grant(fn, 'PutItem');
  }

  grantUpdate(fn: ChatFunction): void {
    this.grant(fn, 'UpdateItem');
  }

  grantDelete(fn: ChatFunction): void {
    this.grant(fn, 'DeleteItem');
  }
}
