import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { declare } from '../data-map/declare.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import { CustomerKey } from './customer-key.ts';

export type MediaBucketProps = { readonly retentionSeconds: number };

/** Pictures, audio, video and files. Un-versioned: a version would outlive the deletion of its object. */
export class MediaBucket extends Construct {
  constructor(scope: Construct, id: string, { retentionSeconds }: MediaBucketProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...bucketEncryption(CustomerKey.of(this)),
      enforceSSL: true,
      versioned: false,
      lifecycleRules: [
        {
          expiration: Duration.days(Math.ceil(retentionSeconds / 86_400)),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declare(bucket, {
      name: 'mediaObjects',
      kinds: ['message'],
      purpose: 'pictures, audio, video and files of the chat',
      deletion: 'by the lifecycle of the bucket',
    });
  }
}
