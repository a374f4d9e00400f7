import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvName } from '../../shared/runtime/env.ts';
import type { RouteFunction } from './route-function.ts';

const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const satisfies QueueProps;

export type WorkQueueProps = {
  /** The variable that names this queue to a function. */
  readonly envName: EnvName;
  /** Of the consuming function. */
  readonly timeoutSeconds: number;
};

/** Long work to be done by a function, a piece at a time: ids only, what they stand for is in the privacy table. */
export class WorkQueue extends Construct {
  private readonly queue: Queue;
  private readonly envName: EnvName;

  constructor(scope: Construct, id: string, { envName, timeoutSeconds }: WorkQueueProps) {
    super(scope, id);
    this.envName = envName;
    const deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(4) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      retentionPeriod: Duration.days(1),
      // Six times the consumer's timeout, as Lambda asks of its queues.
      visibilityTimeout: Duration.seconds(timeoutSeconds * 6),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
  }

  grantSend(fn: RouteFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    fn.setEnvironment({ [this.envName]: this.queue.queueUrl });
  }

  /** One at a time: each is long. The consumer may put itself back in the queue when its time runs out. */
  consumeWith(fn: RouteFunction): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
    fn.lambda.addEventSourceMapping('Work', { eventSourceArn: this.queue.queueArn, batchSize: 1 });
    this.grantSend(fn);
  }
}
