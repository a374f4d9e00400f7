import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { CustomerKey } from './customer-key.ts';

export function queueEncryption(key: CustomerKey | undefined): QueueProps {
  if (key === undefined) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key.key };
}
