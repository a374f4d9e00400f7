import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { holdPartition } from '../../shared/configuration/hold-partition.ts';
import { lapPartition } from '../../shared/configuration/lap-partition.ts';
import { purgeLapPartition } from '../../shared/configuration/purge-lap-partition.ts';
import { receiptPartitions } from '../../shared/configuration/receipt-partitions.ts';
import { type RetentionKind, retentionPartitions } from '../../shared/configuration/retention-partitions.ts';
import type { ChatFunction } from './chat-function.ts';
import { StoreTable, type Streaming } from './store-table.ts';

/** What was done to keep the promise: records of states, times and counts, never of content. */
export class PrivacyTable extends StoreTable {
  constructor(scope: Construct, id: string, { stream = false }: Streaming = {}) {
    super(scope, id, {
      stream,
      variable: 'privacyTable',
      dataMap: {
        name: 'privacy',
        kinds: ['ids'],
        purpose:
          'requests of erasure and export, legal holds, receipts, runs of the sweeper, retention so far: states, times and counts',
        life: 'runs 30 d, receipts the proof period, the retention so far for good, the others while they are open',
        deletion: 'by time to live',
      },
      partitionKey: { name: 'record', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
  }

  /** To ask whether somebody or a conversation is under a legal hold. */
  grantAskingForHolds(fn: ChatFunction): void {
    this.grantPartition(fn, holdPartition, 'BatchGetItem');
  }

  /** To read receipts of erasures. */
  grantReceipts(fn: ChatFunction): void {
    this.grantPartition(fn, `${receiptPartitions}*`, 'BatchGetItem');
  }

  /** To go around all holds, open erasures or exports, a run at a time. */
  grantLaps(fn: ChatFunction): void {
    this.grantPartition(fn, lapPartition, 'PutItem', 'DeleteItem');
  }

  /** To go on where the last run of the sweeper has come to. */
  grantPurgeLap(fn: ChatFunction): void {
    this.grantPartition(fn, purgeLapPartition, 'Query');
  }

  /** What is remembered of the retention of one kind of data, and nothing else that is in here. */
  grantRetention(fn: ChatFunction, kind: RetentionKind): void {
    this.grantPartition(fn, retentionPartitions[kind], 'GetItem', 'PutItem');
  }
}
