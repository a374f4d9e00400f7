import { RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CorsRule,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

export type ObjectAction =
  | 'AbortMultipartUpload'
  | 'DeleteObject'
  | 'DeleteObjectTagging'
  | 'GetObject'
  | 'PutObject'
  | 'PutObjectTagging';

export type StoreBucketProps = {
  readonly dataMap: Declaration;
  /** The variable that names this bucket to a function. */
  readonly variable: EnvironmentKey;
  /** The backstop, by days; our own deletion is there by minutes. */
  readonly lifecycleRules: LifecycleRule[];
  readonly cors?: CorsRule[];
};

/**
 * A bucket for one noun. Un-versioned: a version would outlive the deletion of its object. Its deployment cannot lose
 * it: retained with the stack gone.
 */
export abstract class StoreBucket<Objects extends string> extends Construct {
  private readonly bucket: Bucket;
  private readonly variable: EnvironmentKey;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, { dataMap, variable, ...rules }: StoreBucketProps) {
    super(scope, id);
    this.variable = variable;
    this.key = CustomerKey.of(this);
    this.bucket = new Bucket(this, 'Bucket', {
      ...rules,
      ...encryptedBy(this.key),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: false,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declare(this.bucket, dataMap);
  }

  /** These calls on these objects, and what an address that the function signs may be used for. */
  grant(fn: ChatFunction, objects: Objects, ...actions: readonly [ObjectAction, ...ObjectAction[]]): void {
    fn.allow(
      actions.map((action) => `s3:${action}`),
      [this.bucket.arnForObjects(objects)],
    );
    if (actions.includes('GetObject')) this.key?.grantRead(fn, 's3');
    // The parts of an upload are read again when they are put together.
    if (actions.includes('PutObject')) this.key?.grantWrite(fn, 's3');
    fn.setEnvironment({ [this.variable]: this.bucket.bucketName });
  }

  /** To find what there is. Without it S3 answers "forbidden" for what is not there. */
  grantList(fn: ChatFunction): void {
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }
}

/** A bucket key: one call of the key service for many objects. */
function encryptedBy(key: CustomerKey | undefined): BucketProps {
  if (key === undefined) return { encryption: BucketEncryption.S3_MANAGED };
  return { encryption: BucketEncryption.KMS, encryptionKey: key.key, bucketKeyEnabled: true };
}
