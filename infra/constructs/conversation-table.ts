import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ChatFunction } from './chat-function.ts';
import { type StoreIndex, StoreTable } from './store-table.ts';

/** Holds the heads of conversations with messages in them; keys alone, so that it is written only when these change. */
function purgeIndex<Name extends string>(
  indexName: Name,
  sortKey: 'nextPurgeAt' | 'purgeFrom',
): StoreIndex<Name> {
  return {
    indexName,
    partitionKey: { name: 'purgeShard', type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  };
}

/** Keys alone: nothing that a member does in a conversation is written to it. */
const byMember: StoreIndex<'byMember'> = {
  indexName: 'byMember',
  partitionKey: { name: 'userId', type: AttributeType.STRING },
  sortKey: { name: 'conversationId', type: AttributeType.STRING },
  projectionType: ProjectionType.KEYS_ONLY,
};

/** A conversation's head and members, found by conversation or, through `byMember`, by member. The purge indexes find what has expired. */
export class ConversationTable extends StoreTable<'byNextPurge' | 'byPurgeFrom' | 'byMember'> {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'conversationTable',
      dataMap: {
        name: 'conversations',
        kinds: ['membership'],
        purpose:
          'who is in which conversation, has written there and read how far, and its order; what a group was called before, under a legal hold; the numbers of pinned messages; the secret that ids are made with',
        life: 'a day without a message, then while it has members; a member of a group who never came, 7 d after its last message; an earlier title, until the hold is lifted; numbers of pinned messages, as long as the last of these; the secret as long as the table',
        deletion: 'by time to live, and by erasure',
      },
      partitionKey: { name: 'conversationId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [purgeIndex('byNextPurge', 'nextPurgeAt'), purgeIndex('byPurgeFrom', 'purgeFrom'), byMember],
    });
  }

  /** To find the conversations that a user is in. */
  grantFindingByMember(fn: ChatFunction): void {
    this.grantIndexQuery(fn, 'byMember');
  }
}
