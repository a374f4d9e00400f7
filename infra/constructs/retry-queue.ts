import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';
import { queueEncryption } from './queue-encryption.ts';

/** Pushes to be tried again, by ids: whoever takes one up reads the message, or finds it expired. */
export class RetryQueue extends Construct {
  private readonly queue: Queue;
  private readonly deadLetters: Queue;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = CustomerKey.of(this);
    const guarded = { ...queueEncryption(this.key), enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(4) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      // A push that is an hour late is no push: the client has resumed by its cursors.
      retentionPeriod: Duration.hours(1),
      // Six times the consumer's timeout, as Lambda asks of its queues.
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    declare(this.queue, {
      name: 'retries',
      kinds: ['ids'],
      purpose: 'pushes to be tried again, by the ids of message and connections',
      deletion: 'by its retention; a message that was erased meanwhile is not found and not pushed',
    });
    declare(this.deadLetters, {
      name: 'retryDeadLetters',
      kinds: ['ids'],
      purpose: 'pushes that failed five times, to find out why',
      deletion: 'by its retention',
    });
  }

  get depth(): Metric {
    return this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }

  get age(): Metric {
    return this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' });
  }

  get deadLetterDepth(): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }

  get url(): string {
    return this.queue.queueUrl;
  }

  get deadLetterUrl(): string {
    return this.deadLetters.queueUrl;
  }

  grantSend(fn: ChatFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    this.key?.grantWrite(fn, 'sqs');
    fn.setEnvironment({ retryQueueUrl: this.queue.queueUrl });
  }

  /** Ten at a time; the function reports which of them failed. */
  consumeWith(fn: ChatFunction): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
    this.key?.grantRead(fn, 'sqs');
    fn.lambda.addEventSourceMapping('Retries', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}
