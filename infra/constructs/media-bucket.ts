import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  type CorsRule,
  HttpMethods,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

export type MediaBucketProps = {
  readonly dataMap: Declaration;
  /** The backstop for what has been sent. */
  readonly expiry: LifecycleRule;
  /** Of the pages that may connect; none listed: any page may. */
  readonly origins: readonly string[];
};

/** Where any page may connect, any may ask here: what lets it is the signature in the address, never a cookie. */
const browsers = (origins: readonly string[]): CorsRule => ({
  allowedOrigins: origins.length > 0 ? [...origins] : ['*'],
  allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
  allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
  maxAge: 3_600,
});

/**
 * Pictures, audio, video and files. Un-versioned: a version would outlive the deletion of its object. The lifecycle
 * is the backstop, by days; our own deletion is there by minutes.
 */
export abstract class MediaBucket extends Construct {
  private readonly bucket: Bucket;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, { dataMap, expiry, origins }: MediaBucketProps) {
    super(scope, id);
    this.key = CustomerKey.of(this);
    const lifecycleRules: LifecycleRule[] = [
      expiry,
      {
        id: 'incoming',
        prefix: 'incoming/',
        expiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ];
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...bucketEncryption(this.key),
      enforceSSL: true,
      versioned: false,
      cors: [browsers(origins)],
      lifecycleRules,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declare(this.bucket, dataMap);
  }

  /** Also what an address that the function signs allows. */
  grantPutIncoming(fn: ChatFunction): void {
    this.grant(fn, 'incoming/*', 's3:PutObject');
    this.key?.grantWrite(fn, 's3');
  }

  grantGetIncoming(fn: ChatFunction): void {
    this.grant(fn, 'incoming/*', 's3:GetObject');
    this.key?.grantRead(fn, 's3');
  }

  grantDeleteIncoming(fn: ChatFunction): void {
    this.grant(fn, 'incoming/*', 's3:DeleteObject');
  }

  grantPut(fn: ChatFunction): void {
    this.grant(fn, 'media/*', 's3:PutObject');
    this.key?.grantWrite(fn, 's3');
  }

  grantGet(fn: ChatFunction): void {
    this.grant(fn, 'media/*', 's3:GetObject');
    this.key?.grantRead(fn, 's3');
  }

  grantDelete(fn: ChatFunction): void {
    this.grant(fn, 'media/*', 's3:DeleteObject');
  }

  /** Without it S3 answers "forbidden" for what is not there. */
  grantList(fn: ChatFunction): void {
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  protected grant(fn: ChatFunction, keys: string, ...actions: readonly string[]): void {
    fn.allow(actions, [this.bucket.arnForObjects(keys)]);
    fn.setEnvironment({ mediaBucket: this.bucket.bucketName });
  }
}
