import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';

/** Finished exports, which a function deletes within the hour: the day of the lifecycle is only the backstop. */
export class ExportBucket extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: false,
      lifecycleRules: [
        { expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  grantPut(fn: RouteFunction): void {
    this.grant(fn, 's3:PutObject');
  }

  /** Also what an address that the function signs may be used for. */
  grantGet(fn: RouteFunction): void {
    this.grant(fn, 's3:GetObject');
  }

  /** To find what there is of an export and to delete it, be it finished or not. */
  grantDelete(fn: RouteFunction): void {
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.grant(fn, 's3:DeleteObject', 's3:AbortMultipartUpload');
  }

  private grant(fn: RouteFunction, ...actions: readonly string[]): void {
    fn.allow(actions, [this.bucket.arnForObjects('*')]);
    fn.setEnvironment({ EXPORT_BUCKET: this.bucket.bucketName });
  }
}
