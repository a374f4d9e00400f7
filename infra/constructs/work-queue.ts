import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';

type QueueDeclaration = Pick<Declaration, 'name' | 'purpose'> & Partial<Pick<Declaration, 'deletion'>>;

export type WorkQueueProps = {
  /** The variable that names this queue to a function. */
  readonly variable: EnvironmentKey;
  readonly dataMap: QueueDeclaration;
  readonly deadLetters: QueueDeclaration;
  /** After which nobody needs the work any more, done or not. */
  readonly retention: Duration;
  /** Of the consuming function. */
  readonly timeoutSeconds: number;
};

/** What people wait for, one connection or many. */
const mostAtOnceForPeople = 50;

/** Of the runs at the same time: long work must not take from the chat what the account may run at once. */
const mostAtOnce = 4;

/** Work for a function, with what failed five times set aside. Ids only: what they stand for is in the tables. */
export class WorkQueue extends Construct {
  /** Of the consuming function. */
  readonly timeoutSeconds: number;
  private readonly queue: Queue;
  private readonly deadLetters: Queue;
  private readonly variable: EnvironmentKey;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.variable = props.variable;
    this.timeoutSeconds = props.timeoutSeconds;
    this.key = CustomerKey.of(this);
    const guarded = { ...encryptedBy(this.key), enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(4) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      retentionPeriod: props.retention,
      // Six times the consumer's timeout, as Lambda asks of its queues.
      visibilityTimeout: Duration.seconds(props.timeoutSeconds * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    declare(this.queue, { kinds: ['ids'], deletion: 'by its retention', ...props.dataMap });
    declare(this.deadLetters, { kinds: ['ids'], deletion: 'by its retention', ...props.deadLetters });
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
    fn.setEnvironment({ [this.variable]: this.queue.queueUrl });
  }

  /** Short work, ten at a time; the function reports which of them failed. */
  deliverInBatches(fn: ChatFunction): void {
    this.deliver(fn, 'Retries', { batchSize: 10, maxConcurrency: mostAtOnce, reportBatchItemFailures: true });
  }

  /** Short work that people wait for, ten at a time; what is left of it the consumer puts back. */
  deliverAtOnce(fn: ChatFunction): void {
    const options = { batchSize: 10, maxConcurrency: mostAtOnceForPeople, reportBatchItemFailures: true };
    this.deliver(fn, 'Work', options);
    this.grantSend(fn);
    fn.allowRecursion();
  }

  /** Long work, one at a time. The consumer may put itself back in the queue when its time runs out. */
  deliverOneByOne(fn: ChatFunction): void {
    this.deliver(fn, 'Work', { batchSize: 1, maxConcurrency: mostAtOnce });
    this.grantSend(fn);
    fn.allowRecursion();
  }

  /** The id is part of the deployed resource's own: it stays what it was first. */
  private deliver(fn: ChatFunction, id: string, options: EventSourceMappingOptions): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
    this.key?.grantRead(fn, 'sqs');
    fn.lambda.addEventSourceMapping(id, { ...options, eventSourceArn: this.queue.queueArn });
  }
}

function encryptedBy(key: CustomerKey | undefined): QueueProps {
  if (key === undefined) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key.key };
}
