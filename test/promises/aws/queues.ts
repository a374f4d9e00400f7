import type { LocalQueue, QueueSource } from '../../../infra/local/model/system-model.ts';
import type { Faults } from '../simulation/faults.ts';
import type { Outcome } from '../simulation/invocation.ts';
import type { Random } from '../simulation/random.ts';
import type { Timeline } from '../simulation/timeline.ts';

type Message = { readonly messageId: string; readonly body: string; received: number };

export type QueuesDeps = {
  readonly queues: readonly LocalQueue[];
  readonly sources: readonly QueueSource[];
  readonly time: Timeline;
  readonly random: Random;
  readonly faults: Faults;
  readonly invoke: (functionName: string, event: object, done: (outcome: Outcome) => void) => void;
};

/** SQS in memory: at least once, in no order, back after the visibility timeout, given up in the end. */
export type Queues = {
  add(queueUrl: string, body: string, delaySeconds: number): void;
  /** Everything that lies in one, waiting, in flight or given up. */
  all(): Iterable<{ readonly queue: string; readonly body: string }>;
};

export function queuesOf({ queues, sources, time, random, faults, invoke }: QueuesDeps): Queues {
  const kept = new Map(queues.map(({ queueName }) => [queueName, new Set<Message>()]));
  const attributes = new Map(queues.map((queue) => [queue.queueName, queue.attributes]));
  let count = 0;

  return {
    add(queueUrl, body, delaySeconds) {
      const queue = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
      count += 1;
      const message: Message = { messageId: `message-${count}`, body, received: 0 };
      messages(queue).add(message);
      deliver(queue, message, delaySeconds * 1000);
      const lifetime = Number(attributes.get(queue)?.['MessageRetentionPeriod'] ?? 345_600) * 1000;
      time.after(lifetime, () => messages(queue).delete(message));
    },
    *all() {
      for (const [queue, all] of kept) for (const { body } of all) yield { queue, body };
    },
  };

  function messages(queue: string): Set<Message> {
    const found = kept.get(queue);
    if (found === undefined) throw new Error(`no queue ${queue}`);
    return found;
  }

  function deliver(queue: string, message: Message, delay: number): void {
    const late = faults.happens('delivered late') ? random.between(5_000, 120_000) : random.between(5, 800);
    time.after(delay + late, () => receive(queue, message));
    if (faults.happens('delivered twice'))
      time.after(delay + random.between(5, 20_000), () => receive(queue, message));
  }

  function receive(queue: string, message: Message): void {
    const source = sources.find(({ queueName }) => queueName === queue);
    if (source === undefined || !messages(queue).has(message)) return;
    const { VisibilityTimeout = '30', RedrivePolicy } = attributes.get(queue) ?? {};
    const { maxReceiveCount = 1_000, deadLetterTargetArn = '' } = JSON.parse(RedrivePolicy ?? '{}');
    message.received += 1;
    if (message.received > maxReceiveCount) {
      messages(queue).delete(message);
      messages(deadLetterTargetArn.slice(deadLetterTargetArn.lastIndexOf(':') + 1)).add(message);
      return;
    }
    const receivedAt = time.now();
    const { messageId, body } = message;
    invoke(source.functionName, { Records: [{ messageId, body }] }, (outcome) => {
      if (outcome.ok && !isReturned(outcome.result)) messages(queue).delete(message);
      else {
        const visibleAt = receivedAt + Number(VisibilityTimeout) * 1000;
        time.after(Math.max(0, visibleAt - time.now()), () => receive(queue, message));
      }
    });
  }
}

function isReturned(result: unknown): boolean {
  const { batchItemFailures = [] } = (result ?? {}) as { readonly batchItemFailures?: readonly object[] };
  return batchItemFailures.length > 0;
}
