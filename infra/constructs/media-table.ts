import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Declaration } from '../data-map/declaration.ts';
import { StoreTable } from './store-table.ts';

const ofStored: Declaration = {
  name: 'media',
  kinds: ['message'],
  purpose: 'who uploads what for which conversation, and what it was found to be',
  deletion: 'with the message, or within the hour by the sweeper of uploads; time to live as the backstop',
};

/** Without the placeholder of a picture and the waveform of a sound. */
const ofPassing: Declaration = {
  name: 'media',
  kinds: ['ids'],
  purpose: 'who uploads what for which conversation: types, sizes and times',
  life: 'within the hour',
  deletion: 'by the sweeper of what is handed over; time to live as the backstop',
};

/** What no message is known to hold: an erasure asks for one user's. */
const byUploader = {
  indexName: 'byUploader',
  partitionKey: { name: 'uploader', type: AttributeType.STRING },
  sortKey: { name: 'createdAt', type: AttributeType.NUMBER },
  projectionType: ProjectionType.KEYS_ONLY,
} as const;

export type MediaTableProps = { readonly messagesStored: boolean };

/** Who uploads what for which conversation, and what it was found to be. `bySweep` finds uploads that nobody has sent. */
export class MediaTable extends StoreTable<'bySweep' | 'byUploader'> {
  constructor(scope: Construct, id: string, { messagesStored }: MediaTableProps) {
    super(scope, id, {
      variable: 'mediaTable',
      dataMap: messagesStored ? ofStored : ofPassing,
      partitionKey: { name: 'mediaId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      indexes: [
        {
          indexName: 'bySweep',
          partitionKey: { name: 'sweepIndex', type: AttributeType.STRING },
          sortKey: { name: 'sweepAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
        ...(messagesStored ? [byUploader] : []),
      ],
    });
  }
}
