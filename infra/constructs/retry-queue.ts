import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RouteFunction } from './route-function.ts';

const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const satisfies QueueProps;

/** Pushes to be tried again, by ids: whoever takes one up reads the message, or finds it expired. */
export class RetryQueue extends Construct {
  private readonly queue: Queue;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(4) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      // A push that is an hour late is no push: the client has resumed by its cursors.
      retentionPeriod: Duration.hours(1),
      // Six times the consumer's timeout, as Lambda asks of its queues.
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
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

  grantSend(fn: RouteFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    fn.setEnvironment({ RETRY_QUEUE_URL: this.queue.queueUrl });
  }

  /** Ten at a time; the function reports which of them failed. */
  consumeWith(fn: RouteFunction): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
    fn.lambda.addEventSourceMapping('Retries', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}
