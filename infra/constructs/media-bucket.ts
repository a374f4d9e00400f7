import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export type MediaBucketProps = { readonly retentionSeconds: number };

/** Pictures, audio, video and files. Un-versioned: a version would outlive the deletion of its object. */
export class MediaBucket extends Construct {
  constructor(scope: Construct, id: string, { retentionSeconds }: MediaBucketProps) {
    super(scope, id);
    new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
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
  }
}
