import { BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { CustomerKey } from './customer-key.ts';

/** A bucket key: one call of the key service for many objects. */
export function bucketEncryption(key: CustomerKey | undefined): BucketProps {
  if (key === undefined) return { encryption: BucketEncryption.S3_MANAGED };
  return { encryption: BucketEncryption.KMS, encryptionKey: key.key, bucketKeyEnabled: true };
}
