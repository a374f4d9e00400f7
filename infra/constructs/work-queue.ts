import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { Declaration } from '../data-map/declaration.ts';
import { declare } from '../data-map/declare.ts';
import type { ChatFunction } from './chat-function.ts';
import { CustomerKey } from './customer-key.ts';
import { queueEncryption } from './queue-encryption.ts';

export type WorkQueueProps = {
  /** The variable that names this queue to a function. */
  readonly variable: EnvironmentKey;
  /** Of the consuming function. */
  readonly timeoutSeconds: number;
  /** What the data map calls it, and its dead letters. */
  readonly name: string;
  readonly deadLetters: string;
  /** As in "erasures to be carried out". */
  readonly purpose: string;
};

/** Of the runs at the same time: long work must not take from the chat what the account may run at once. */
const mostAtOnce = 4;

/** Long work to be done by a function, a piece at a time: ids only, what they stand for is in the privacy table. */
export class WorkQueue extends Construct {
  private readonly queue: Queue;
  private readonly deadLetters: Queue;
  private readonly variable: EnvironmentKey;
  private readonly key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { name, deadLetters: deadName, purpose } = props;
    this.variable = props.variable;
    this.key = CustomerKey.of(this);
    const guarded = { ...queueEncryption(this.key), enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(4) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      retentionPeriod: Duration.days(1),
      // Six times the consumer's timeout, as Lambda asks of its queues.
      visibilityTimeout: Duration.seconds(props.timeoutSeconds * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    const common: Pick<Declaration, 'kinds' | 'deletion'> = { kinds: ['ids'], deletion: 'by its retention' };
    declare(this.queue, { ...common, name, purpose });
    declare(this.deadLetters, { ...common, name: deadName, purpose: `${purpose}, which failed five times` });
  }

  get deadLetterDepth(): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }

  grantSend(fn: ChatFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    this.key?.grantWrite(fn, 'sqs');
    fn.setEnvironment({ [this.variable]: this.queue.queueUrl });
  }

  /** One at a time: each is long. The consumer may put itself back in the queue when its time runs out. */
  consumeWith(fn: ChatFunction): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
    this.key?.grantRead(fn, 'sqs');
    fn.lambda.addEventSourceMapping('Work', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      maxConcurrency: mostAtOnce,
    });
    this.grantSend(fn);
    fn.allowRecursion();
  }
}
