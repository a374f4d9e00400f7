import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { connectionsClient } from '../../../shared/push/connections-client.ts';
import { type Answer, type AnsweringServer, answeringServer } from '../../support/answering-server.ts';

// As the SDK's client does it.

let server: AnsweringServer;
let stock: ApiGatewayManagementApiClient;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  server = await answeringServer();
  const requestHandler = { requestTimeout: 800, throwOnRequestTimeout: true };
  stock = new ApiGatewayManagementApiClient({ endpoint: `${server.url}/v1`, maxAttempts: 1, requestHandler });
});
afterAll(async () => {
  stock.destroy();
  await server.close();
});

const data = new TextEncoder().encode('{"type":"x"}');
const id = "L0SM9cOFvHcCI/+(!')*hw=";
const refused = (status: number, type: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: '{}',
});
const cases: Readonly<Record<string, readonly Answer[]>> = {
  'what is taken': [],
  'what is gone': [refused(410, 'GoneException')],
  'a gateway that is busy': [refused(429, 'LimitExceededException')],
  'who may not': [refused(403, 'ForbiddenException')],
  'what is too large': [refused(413, 'PayloadTooLargeException')],
  'a fault of the gateway': [{ status: 500, body: '{}' }],
  'a connection that is cut': ['cut'],
  'a gateway that says nothing': ['silence'],
};

async function outcomeOf(send: () => Promise<unknown>, answers: readonly Answer[]) {
  server.answer(...answers);
  const outcome = await send().then(
    () => 'sent',
    (error: { status?: number; $metadata?: { httpStatusCode?: number }; name: string }) => {
      const status = error.status ?? error.$metadata?.httpStatusCode;
      return status === undefined ? error.name : status;
    },
  );
  const asked = server.asked().map(({ method, path, body, headers: { 'content-type': type } }) => ({
    ...{ method, path, body, type },
  }));
  return { outcome, asked };
}

test.each(Object.entries(cases))('ends alike, and asks alike and once: %s', async (_name, answers) => {
  const ours = connectionsClient(`${server.url}/v1`);
  const posted = await outcomeOf(async () => ours.post(id, data), answers);
  const post = new PostToConnectionCommand({ ConnectionId: id, Data: data });
  expect(posted).toEqual(await outcomeOf(async () => stock.send(post), answers));
  const deleted = await outcomeOf(async () => ours.delete(id), answers);
  const remove = new DeleteConnectionCommand({ ConnectionId: id });
  expect(deleted).toEqual(await outcomeOf(async () => stock.send(remove), answers));
  expect([posted.asked.length, deleted.asked.length]).toEqual([1, 1]);
});
