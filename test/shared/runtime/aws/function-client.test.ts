import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaClient } from '../../../../shared/runtime/aws/function-client.ts';
import { type Answer, type AnsweringServer, answeringServer } from '../../../support/answering-server.ts';

// As the SDK's client does it.

let server: AnsweringServer;
let stock: LambdaClient;

beforeAll(async () => {
  server = await answeringServer();
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = server.url;
  const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true };
  stock = new LambdaClient({ endpoint: server.url, maxAttempts: 1, requestHandler });
});
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL_LAMBDA'];
  stock.destroy();
  await server.close();
});

const payload = '{"mediaId":"m"}';
const cases: Readonly<Record<string, readonly Answer[]>> = {
  'what the function answers': [{ status: 200, body: '{"state":"ready"}' }],
  'a function that fails': [
    { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorType":"Error"}' },
  ],
  'nothing at all': [{ status: 200 }],
  'a throttle': [{ status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{}' }],
  'a fault of the service': [
    { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' }, body: '{}' },
  ],
  'a function that is too slow': ['silence'],
};

async function outcomeOf(invoke: () => Promise<unknown>, answers: readonly Answer[]) {
  server.answer(...answers);
  const outcome = await invoke().catch((error: Error) => ({ error: error.name }));
  return { outcome, asked: server.asked().map(({ method, path, body }) => ({ method, path, body })) };
}

test.each(Object.entries(cases))('ends alike, and asks alike and once: %s', async (_name, answers) => {
  const FunctionName = 'arn:aws:lambda:eu-west-1:000000000000:function:process-media';
  const ours = lambdaClient(200);
  const found = await outcomeOf(async () => ours.invoke(FunctionName, payload), answers);
  const wanted = await outcomeOf(async () => {
    const { FunctionError, Payload } = await stock.send(
      new InvokeCommand({ FunctionName, Payload: payload }),
    );
    return { failed: FunctionError !== undefined, payload: Payload?.transformToString() ?? '' };
  }, answers);
  expect(found).toEqual(wanted);
  expect(found.asked).toHaveLength(1);
});
