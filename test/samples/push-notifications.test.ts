import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import type { BusEvent } from '../../infra/local/bus/start-bus.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { askLapse } from '../../samples/push-notifications/ask-lapse.ts';
import { forgetEndpoints } from '../../samples/push-notifications/forget-endpoints.ts';
import { type NotificationDue, notifyDevices } from '../../samples/push-notifications/handler.ts';
import { mobilePush } from '../../samples/push-notifications/mobile-push.ts';
import { notificationOf } from '../../samples/push-notifications/notification.ts';
import { connect, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

// Against answers as the API's reference has them: nobody here has an app at Apple or Google. SNS speaks the query protocol.

const apns = 'arn:aws:sns:ap-northeast-2:111122223333:app/APNS/chat';
const fcm = 'arn:aws:sns:ap-northeast-2:111122223333:app/GCM/chat';
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  CreatePlatformEndpoint: ['PlatformApplicationArn', 'Token'],
  Publish: ['TargetArn', 'Message', 'MessageStructure'],
  DeleteEndpoint: ['EndpointArn'],
  ListEndpointsByPlatformApplication: ['PlatformApplicationArn'],
};

/** As SNS keeps endpoints: the same token has the same one, and a dead one is disabled for good. */
function snsWorld() {
  const endpoints = new Map<string, { readonly application: string; readonly token: string }>();
  const dead = new Set<string>();
  const published: URLSearchParams[] = [];
  const faults: string[] = [];
  let made = 0;
  const refused = (code: string, message: string) => ({
    status: code === 'EndpointDisabled' || code === 'InvalidParameter' ? 400 : 404,
    body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  });
  const answered = (action: string, result: string) => ({
    status: 200,
    body: `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
  });

  function answer(request: IncomingMessage, body: string) {
    const asked = new URLSearchParams(body);
    const action = asked.get('Action') ?? '';
    if (request.method !== 'POST' || asked.get('Version') !== '2010-03-31') faults.push('no query of SNS');
    if (!/^AWS4-HMAC-SHA256 .*\/sns\/aws4_request/.test(request.headers.authorization ?? ''))
      faults.push(`${action} is not signed`);
    for (const name of actionsOf[action] ?? ['an action that is known'])
      if (asked.get(name) === null) faults.push(`${action} without ${name}`);
    const arn = asked.get('TargetArn') ?? asked.get('EndpointArn') ?? '';
    switch (action) {
      case 'CreatePlatformEndpoint': {
        const application = asked.get('PlatformApplicationArn') ?? '';
        const token = asked.get('Token') ?? '';
        if (!/^arn:aws:sns:[\w-]+:\d{12}:app\/(APNS|APNS_SANDBOX|GCM)\/\w+$/.test(application))
          return refused('InvalidParameter', 'Invalid parameter: PlatformApplicationArn Reason: Invalid ARN');
        if (token.includes('broken'))
          return refused('InvalidParameter', 'Invalid parameter: Token Reason: not a valid token');
        const known = [...endpoints].find(
          ([, each]) => each.application === application && each.token === token,
        );
        if (known === undefined) made += 1;
        const id = known?.[0] ?? `${application.replace(':app/', ':endpoint/')}/e${made}`;
        endpoints.set(id, { application, token });
        return answered(action, `<EndpointArn>${id}</EndpointArn>`);
      }
      case 'Publish': {
        const endpoint = endpoints.get(arn);
        if (endpoint === undefined)
          return refused('NotFound', 'No endpoint found for the target arn specified');
        if (dead.has(endpoint.token)) return refused('EndpointDisabled', 'Endpoint is disabled');
        const parts = JSON.parse(asked.get('Message') ?? '{}') as Readonly<Record<string, unknown>>;
        if (
          typeof parts['default'] !== 'string' ||
          Object.values(parts).some((part) => typeof part !== 'string')
        )
          faults.push('Message is no JSON of texts with a default');
        published.push(asked);
        return answered(action, '<MessageId>m</MessageId>');
      }
      case 'DeleteEndpoint':
        endpoints.delete(arn);
        return answered(action, '');
      default: {
        const of = [...endpoints].filter(
          ([, { application }]) => application === asked.get('PlatformApplicationArn'),
        );
        const from = Number(asked.get('NextToken') ?? 0);
        const page = of.slice(0, 2).map(([id]) => `<member><EndpointArn>${id}</EndpointArn></member>`);
        const next = of.length > 2 ? `<NextToken>${from + 2}</NextToken>` : '';
        return answered(action, `<Endpoints>${page.join('')}</Endpoints>${next}`);
      }
    }
  }
  return { endpoints, dead, published, faults, answer };
}

let sns: ReturnType<typeof snsWorld>;
let server: Server;
let client: SNSClient;
let system: LocalSystem;
let deps: Parameters<typeof notifyDevices>[0];
const due: NotificationDue[] = [];
const arrivals = new Set<() => void>();
let ann: Person;
let conversationId: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const answer = sns.answer(request, body);
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SNSClient({
    ...{ endpoint: `http://127.0.0.1:${port}`, region: 'ap-northeast-2', credentials, maxAttempts: 1 },
  });
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({
      notifications: {
        busArn: 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat',
        ...{ recipient: 'the tests', show: 'text' },
      },
    }),
    onEvent: (event: BusEvent) => {
      due.push(event as unknown as NotificationDue);
      for (const arrived of [...arrivals]) arrived();
    },
  });
  const lambda = new LambdaClient({
    ...{ endpoint: system.invokeUrl, region: system.region, credentials: system.credentials },
  });
  deps = { lapse: askLapse('', lambda), push: mobilePush({ apns, fcm }, client) };
  ann = await join(system, 'ann');
  const bob = await join(system, 'bob');
  ({ conversationId } = await ann.call('open', { kind: 'direct', members: ['bob'] }));
  await ann.call('profile', { set: { nickname: 'Ann', visibility: { nickname: 'everyone' } } });
  bob.socket.close();
  await bob.closed;
});
beforeEach(() => {
  sns = snsWorld();
});
afterAll(async () => {
  server?.close();
  client?.destroy();
  await system?.close();
});

async function register(...tokens: readonly (readonly [string, string, string])[]): Promise<string[]> {
  const bob = await connect(system, 'bob');
  const { devices } = await bob.call('pushToken', { device: 'none', token: null });
  for (const { device } of devices) await bob.call('pushToken', { device, token: null });
  let names: string[] = [];
  for (const [device, platform, token] of tokens) {
    const answer = await bob.call('pushToken', { device, platform, token });
    names = answer.devices.map((each: { device: string }) => each.device);
  }
  bob.socket.close();
  await bob.closed;
  return names;
}

async function writtenToBob(words: string): Promise<NotificationDue> {
  const { seq } = await ann.call('send', { conversationId, content: text(words) });
  const found = () => due.find(({ detail }) => detail.seq === seq);
  if (found() === undefined) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const arrived = () => found() !== undefined && resolve();
    arrivals.add(arrived);
    arrived();
    await promise;
    arrivals.delete(arrived);
  }
  return found() as NotificationDue;
}
const registeredNow = async (event: NotificationDue): Promise<readonly string[]> => {
  const { userId, conversationId: where, seq } = event.detail;
  const { devices } = await deps.lapse.delivery({ userId, conversationId: where, seq });
  return devices.map(({ device }) => device).toSorted();
};

const hex = 'a1'.repeat(32);

test('a message comes to each phone of somebody who is away, in the words of each platform, and twice under one id', async () => {
  await register(['phone', 'apns', hex], ['tablet', 'fcm', 'fcm-1']);
  const event = await writtenToBob('see you there');
  await notifyDevices(deps, event);
  await notifyDevices(deps, event);
  expect(sns.faults).toEqual([]);
  expect(sns.endpoints.size).toBe(2);
  expect(sns.published).toHaveLength(4);
  const messages = sns.published.map((each) => JSON.parse(each.get('Message') ?? '{}'));
  const apple = messages.filter((each) => 'APNS' in each).map((each) => JSON.parse(each.APNS));
  const google = messages.filter((each) => 'GCM' in each).map((each) => JSON.parse(each.GCM));
  const { eventId } = event.detail;
  expect(apple).toHaveLength(2);
  for (const each of apple)
    expect(each).toEqual({
      aps: { alert: { title: 'Ann', body: 'see you there' }, sound: 'default', 'thread-id': conversationId },
      conversationId,
    });
  for (const each of google)
    expect(each.fcmV1Message.message).toMatchObject({
      notification: { title: 'Ann', body: 'see you there' },
      data: { conversationId },
      android: { notification: { tag: eventId } },
    });
  const attributes = [...(sns.published[0] ?? [])].filter(([name]) => name.startsWith('MessageAttributes'));
  expect(attributes.map(([, value]) => value)).toEqual(expect.arrayContaining(['alert', eventId, '3600']));
});

test('a token that SNS says is dead goes from both, and the others are notified', async () => {
  await register(['phone', 'apns', hex], ['tablet', 'fcm', 'fcm-dead'], ['watch', 'fcm', 'fcm-broken']);
  sns.dead.add('fcm-dead');
  const event = await writtenToBob('are you there');
  await notifyDevices(deps, event);
  expect(sns.faults).toEqual([]);
  expect(sns.published).toHaveLength(1);
  expect([...sns.endpoints.values()].map(({ token }) => token)).toEqual([hex]);
  expect(await registeredNow(event)).toEqual(['phone']);
});

test('a platform application that is named wrong is no reason to forget a token, nor is a platform without one', async () => {
  await register(['phone', 'apns', hex], ['page', 'web', '{"endpoint":"https://push.example.com/1"}']);
  const event = await writtenToBob('hello again');
  const wrong = { ...deps, push: mobilePush({ apns: 'arn:aws:sns:ap-northeast-2:1:app/APNS/chat' }, client) };
  await expect(notifyDevices(wrong, event)).rejects.toThrow('1 of 2 devices were not reached');
  expect(await registeredNow(event)).toEqual(['page', 'phone']);
});

test('what was recalled before the consumer asked is delivered nowhere', async () => {
  await register(['phone', 'apns', hex]);
  const event = await writtenToBob('never mind');
  await ann.call('recall', { conversationId, seq: event.detail.seq });
  await notifyDevices(deps, event);
  expect(sns.published).toEqual([]);
  expect(sns.endpoints.size).toBe(0);
});

test('without anything to show it says that there is a message, and no more', () => {
  const detail = { eventId: 'e', conversationId: 'c', contentType: 'image', mentioned: false };
  expect(notificationOf(detail, {})).toMatchObject({ title: 'New message', body: 'Open the app to read it' });
  expect(notificationOf({ ...detail, mentioned: true }, {})).toMatchObject({ body: 'You were mentioned' });
  expect(notificationOf(detail, { sender: 'Ann' })).toMatchObject({ title: 'Ann', body: 'A picture' });
});

test('once a day every endpoint goes, page by page, and what is left goes with the next run', async () => {
  await register(['phone', 'fcm', 'fcm-0']);
  const push = mobilePush({ fcm }, client);
  const notification = { id: 'e', title: 't', body: 'b', conversationId: 'c' };
  for (let index = 0; index < 5; index += 1)
    await push.send({ platform: 'fcm', token: `fcm-${index}` }, notification);
  let left = 3;
  const isOver = () => {
    left -= 1;
    return left < 0;
  };
  expect(await forgetEndpoints([fcm], isOver, client)).toBe(3);
  expect(sns.endpoints.size).toBe(2);
  expect(await forgetEndpoints([apns, fcm], () => false, client)).toBe(2);
  expect(sns.endpoints.size).toBe(0);
  expect(sns.faults).toEqual([]);
});
