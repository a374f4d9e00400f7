import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

/** Which parts of which streams were given up: the addresses and places that Lambda notes, and nothing of the rows. */
export class FailureQueue extends Construct {
  readonly arn: string;
  readonly depth: Metric;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, dataMap: Pick<Declaration, 'name' | 'purpose'>) {
    super(scope, id);
    this.key = CustomerKey.of(this);
    const queue = new Queue(this, 'Queue', {
      ...(this.key === undefined
        ? { encryption: QueueEncryption.SQS_MANAGED }
        : { encryption: QueueEncryption.KMS, encryptionMasterKey: this.key.key }),
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
    });
    declare(queue, {
      kinds: ['ids'],
      ...dataMap,
      deletion: 'by its retention',
    });
    this.arn = queue.queueArn;
    this.depth = queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }

  grantSend(fn: ChatFunction): void {
    fn.allow(['sqs:SendMessage'], [this.arn]);
    this.key?.grantWrite(fn, 'sqs');
  }
}
