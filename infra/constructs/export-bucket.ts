import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { declare } from '../data-map/declare.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

/** Finished exports, which a function deletes within the hour: the day of the lifecycle is only the backstop. */
export class ExportBucket extends Construct {
  private readonly bucket: Bucket;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = CustomerKey.of(this);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...bucketEncryption(this.key),
      enforceSSL: true,
      versioned: false,
      lifecycleRules: [
        { expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declare(this.bucket, {
      name: 'exportFiles',
      kinds: ['message', 'profile', 'membership', 'consent'],
      purpose: 'zips of all that is held about a user, for that user to fetch',
      life: '30 m',
      deletion: 'by a function within the hour, by erasure at once',
    });
  }

  grantPut(fn: ChatFunction): void {
    this.grant(fn, 's3:PutObject');
    // Its parts are read again when they are put together.
    this.key?.grantWrite(fn, 's3');
  }

  /** Also what an address that the function signs may be used for. */
  grantGet(fn: ChatFunction): void {
    this.grant(fn, 's3:GetObject');
    this.key?.grantRead(fn, 's3');
  }

  /** To find what there is of an export and to delete it, be it finished or not. */
  grantDelete(fn: ChatFunction): void {
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.grant(fn, 's3:DeleteObject', 's3:AbortMultipartUpload');
  }

  private grant(fn: ChatFunction, ...actions: readonly string[]): void {
    fn.allow(actions, [this.bucket.arnForObjects('*')]);
    fn.setEnvironment({ exportBucket: this.bucket.bucketName });
  }
}
