import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { StoreTable, type Streaming } from './store-table.ts';

/**
 * The ledger of consent and age decisions: appended to, never changed, no birth date in it. Entries get an end only
 * when the account is erased.
 */
export class ConsentTable extends StoreTable {
  constructor(scope: Construct, id: string, { stream = false }: Streaming = {}) {
    super(scope, id, {
      stream,
      variable: 'consentTable',
      dataMap: {
        name: 'consents',
        kinds: ['consent'],
        purpose: 'proof of consent and of the decision about the age; no birth date',
        life: 'while the user exists, and then the proof period; the refusal of an age, a keyed digest, for `minimumAge.refusal`',
        deletion: 'by erasure',
      },
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.NUMBER },
      timeToLiveAttribute: 'expiresAt',
    });
  }
}
