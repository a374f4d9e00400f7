import { hash } from 'node:crypto';
import { jsonClient } from '../../runtime/aws/json-client.ts';

export type QueueMessage = {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly DelaySeconds: number;
  readonly MessageGroupId?: string;
};

export type QueueMessages = {
  readonly QueueUrl: string;
  readonly Entries: readonly (Omit<QueueMessage, 'QueueUrl'> & { readonly Id: string })[];
};

/** What is asked of SQS. */
export type QueueClient = {
  sendMessage(message: QueueMessage): Promise<void>;
  /** Ten at most; rejects unless the queue has taken all. */
  sendMessages(messages: QueueMessages): Promise<void>;
};

/** Each queue at the host that its address names, as the SDK has it. */
export function sqsClient(): QueueClient {
  const calls = new Map<string, ReturnType<typeof jsonClient>>();
  const callAt = (origin: string) => {
    const known = calls.get(origin);
    if (known !== undefined) return known;
    const made = jsonClient({ name: 'sqs', target: 'AmazonSQS', endpoint: new URL(origin) });
    calls.set(origin, made);
    return made;
  };
  return {
    async sendMessage(message) {
      const { MD5OfMessageBody } = await callAt(new URL(message.QueueUrl).origin)('SendMessage', message);
      if (MD5OfMessageBody !== hash('md5', message.MessageBody))
        throw new Error('the queue got something else');
    },
    async sendMessages(messages) {
      const { Successful } = await callAt(new URL(messages.QueueUrl).origin)('SendMessageBatch', messages);
      const taken = new Map(asEntries(Successful).map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody]));
      if (messages.Entries.some(({ Id, MessageBody }) => taken.get(Id) !== hash('md5', MessageBody)))
        throw new Error('the queue has not taken all');
    },
  };
}

function asEntries(answer: unknown): readonly { readonly Id?: string; readonly MD5OfMessageBody?: string }[] {
  return Array.isArray(answer) ? answer : [];
}
