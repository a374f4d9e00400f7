import assert from 'node:assert/strict';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { queueEvent } from '../../../infra/local/queues/queue-event.ts';
import { nameInFunctionArn } from '../../../infra/local/template/physical-ids.ts';
import { text } from '../../support/chat-person.ts';
import { openSocket } from '../chat/connected-person.ts';
import type { DeployedChat } from '../chat/deployed-chat.ts';
import { openByEvents } from '../chat/invoked-person.ts';
import type { DeployRun } from '../deploy-run.ts';
import type { DeployedResource, DeployedStacks } from '../deployed-stacks.ts';
import { eventually } from '../eventually.ts';
import type { Chatted } from './chat.ts';

function retryMapping({ resources }: DeployedStacks): DeployedResource['properties'] {
  const mapping = resources.find(
    ({ type, logicalId }) => type === 'AWS::Lambda::EventSourceMapping' && /^RetryPush/.test(logicalId),
  );
  assert(mapping !== undefined, 'nothing consumes the retry queue');
  return mapping.properties;
}

const targets = z.array(z.object({ Arn: z.string() }));
const hour = 3_600;

/** What no client calls: the consumer of the retry queue, and what the schedules run. */
export async function checkBackground(
  { runner: { check }, aws, stacks, tables }: DeployRun,
  chat: DeployedChat,
  { alice, conversationId }: Chatted,
): Promise<void> {
  const mapping = retryMapping(stacks);
  const queueArn = String(mapping['EventSourceArn']);
  const QueueUrl = stacks.resources.find(
    ({ type, physicalId }) =>
      type === 'AWS::SQS::Queue' && physicalId?.split('/').at(-1) === queueArn.split(':').at(-1),
  )?.physicalId;

  await check(
    'retry: a push that cannot be delivered yet goes through the queue to its consumer',
    async () => {
      // Just connected: its 410 may be of a `$connect` that is not over.
      const bob = await openByEvents(chat, 'bob');
      const ack = await alice.call('send', { conversationId, content: text('try again') });
      const inFlight = async () => {
        const { Attributes } = await aws.sqs.send(
          new GetQueueAttributesCommand({
            QueueUrl,
            AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
          }),
        );
        return Number(Attributes?.ApproximateNumberOfMessagesNotVisible) > 0;
      };
      await eventually(inFlight, 'the consumer has taken the job, and leaves it in the queue');
      await bob.disconnect();
      const job = { conversationId, seq: ack.seq, connectionIds: [bob.connectionId] };
      const received = {
        MessageId: 'm1',
        ReceiptHandle: 'r1',
        Body: JSON.stringify(job),
        MD5OfBody: '',
        Attributes: {},
        MessageAttributes: {},
      };
      const event = queueEvent([received], queueArn, chat.api.region);
      const result = await chat.invoke(String(mapping['FunctionName']), event);
      assert.deepEqual(result, { ok: true, payload: { batchItemFailures: [] } });
    },
  );

  const scheduled = stacks.resources.flatMap(({ type, properties }) =>
    type === 'AWS::Events::Rule'
      ? targets.parse(properties['Targets']).map(({ Arn }) => nameInFunctionArn(Arn))
      : [],
  );
  const fire = async (name: RegExp) => {
    const functionName = scheduled.find((each) => name.test(each)) ?? `no schedule runs ${name}`;
    const result = await chat.invoke(functionName, {
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
    });
    assert.equal(result.ok, true, JSON.stringify(result));
  };

  await check('schedule: purge deletes what has expired, and leaves a record of it', async () => {
    const expiresAt = Math.floor(Date.now() / 1000) - hour;
    const head = { conversationId, entry: 'head' };
    await tables.change(
      'Messages',
      { conversationId, seq: 1 },
      { endsAt: expiresAt, expiresAt, sentAt: expiresAt * 1000 },
    );
    await tables.change('Conversations', head, { nextPurgeAt: expiresAt, purgeFrom: expiresAt * 1000 });
    await fire(/-Purge/);
    // What one run finds, the next one deletes.
    await tables.change('Conversations', head, { settledAt: expiresAt });
    await fire(/-Purge/);
    assert.deepEqual(
      (await tables.all('Messages')).map(({ seq }) => seq),
      [2],
    );
    const runs = (await tables.all('Privacy')).filter(({ record }) => record === 'purge');
    assert.deepEqual(runs.map(({ messagesDeleted }) => messagesDeleted).toSorted(), [0, 1]);
  });

  await check('schedule: a socket whose token has run out is told so and closed', async () => {
    const bob = await openSocket(chat, 'bob', 10 / 60);
    await eventually(async () => {
      await fire(/-ExpireConnections/);
      return bob.pushes.length > 0;
    }, 'bye');
    assert.deepEqual(await bob.next(), { type: 'bye', reason: 'TOKEN_EXPIRED', reconnect: true });
    await bob.closed;
  });
}
