import { createHash } from 'node:crypto';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sqsClient } from '../../../../shared/stores/queue/queue-client.ts';
import { type Answer, type AnsweringServer, answeringServer } from '../../../support/answering-server.ts';

// As the SDK's client does it.

let server: AnsweringServer;
let stock: SQSClient;
const { random } = Math;

beforeAll(async () => {
  Math.random = () => 0;
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  server = await answeringServer();
  stock = new SQSClient({ endpoint: server.url });
});
afterAll(async () => {
  Math.random = random;
  stock.destroy();
  await server.close();
});

const MessageBody = '{"userId":"알리스"}';
const taken = (text: string): Answer => ({
  status: 200,
  body: JSON.stringify({ MessageId: 'm', MD5OfMessageBody: createHash('md5').update(text).digest('hex') }),
});
const cases: Readonly<Record<string, readonly Answer[]>> = {
  'a message that is taken': [taken(MessageBody)],
  'a message that got lost on the way': [taken('another')],
  'a queue that is not there': [{ status: 400, body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}' }],
  'a throttle': [
    { status: 400, body: '{"__type":"com.amazonaws.sqs#RequestThrottled"}' },
    taken(MessageBody),
  ],
  'faults without an end': Array.from({ length: 4 }, () => ({ status: 500, body: '{}' })),
  'a connection that is cut': ['cut', taken(MessageBody)],
};

async function outcomeOf(send: () => Promise<unknown>, answers: readonly Answer[]) {
  server.answer(...answers);
  const ended = await send().then(
    () => 'sent',
    () => 'rejected',
  );
  const asked = server.asked().map(({ method, path, target, body, headers: { 'content-type': type } }) => ({
    ...{ method, path, target, type },
    body: JSON.parse(body) as unknown,
  }));
  return { ended, asked };
}

test.each(Object.entries(cases))('ends alike, and asks alike and as often: %s', async (_name, answers) => {
  const message = { QueueUrl: `${server.url}/000000000000/holds`, MessageBody, DelaySeconds: 60 };
  const ours = sqsClient();
  const found = await outcomeOf(async () => ours.sendMessage(message), answers);
  expect(found).toEqual(await outcomeOf(async () => stock.send(new SendMessageCommand(message)), answers));
});
