import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { period } from '../data-map/durations.ts';
import { StoreTable, type Streaming } from './store-table.ts';

export type ReportTableProps = { readonly keepSeconds: number };

/** Messages that people have reported, a copy of each; `byState` finds what waits for a moderator and what is over. */
export class ReportTable extends StoreTable<'byState'> {
  constructor(scope: Construct, id: string, { keepSeconds, stream = false }: ReportTableProps & Streaming) {
    super(scope, id, {
      stream,
      variable: 'reportTable',
      dataMap: {
        name: 'reports',
        kinds: ['message', 'ids'],
        purpose:
          'copies of messages that people have reported, on a hold of their own until a moderator decides; who has reported them and why; what was decided',
        life: `a copy and who has reported it until the decision, ${period(keepSeconds)} at most; the decision, without content and author, 183 d`,
        deletion:
          'by the decision, or by the sweeper of reports; no erasure of the message reaches the copy before; a legal hold keeps it; time to live as the backstop',
      },
      partitionKey: { name: 'reportId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'byState',
          partitionKey: { name: 'state', type: AttributeType.STRING },
          sortKey: { name: 'at', type: AttributeType.NUMBER },
          projectionType: ProjectionType.INCLUDE,
          // Nothing that anybody says, and nobody who has reported it.
          nonKeyAttributes: [
            ...['conversationId', 'seq', 'from', 'copyId', 'openedAt', 'endsAt', 'expiresAt'],
            ...['heldExpiresAt', 'reporters', 'spam', 'abuse', 'illegal', 'other', 'decision'],
          ],
        },
      ],
    });
  }
}
