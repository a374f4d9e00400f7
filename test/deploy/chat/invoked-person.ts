import assert from 'node:assert/strict';
import type { ConnectionInfo } from '../../../infra/local/gateway/connection/connection.ts';
import type { Handshake } from '../../../infra/local/gateway/connection/handshake.ts';
import { newAwsId } from '../../../infra/local/gateway/events/aws-id.ts';
import { connectEvent, disconnectEvent, messageEvent } from '../../../infra/local/gateway/events/events.ts';
import { requestContext } from '../../../infra/local/gateway/events/request-context.ts';
import { type Authorization, authorize } from '../../../infra/local/gateway/upgrade/authorizer.ts';
import type { Frame } from '../../support/chat-person.ts';
import type { DeployedChat } from './deployed-chat.ts';

/** Somebody whose socket is made of events: each function is invoked as API Gateway invokes it. */
export type InvokedPerson = {
  readonly userId: string;
  readonly connectionId: string;
  call(action: string, fields?: object): Promise<Frame>;
  /** As `call`, with the id that makes a repeat of it. */
  repeat(id: string, action: string, fields: object): Promise<Frame>;
  disconnect(): Promise<void>;
};

let frames = 0;

const identity = { userAgent: 'test', sourceIp: '203.0.113.7' };

/** The name as a browser writes it, or as Node.js does. */
type ProtocolHeader = 'Sec-WebSocket-Protocol' | 'sec-websocket-protocol';

function handshake(token: string, protocol: ProtocolHeader = 'Sec-WebSocket-Protocol'): Handshake {
  const headers = { [protocol]: `lapse.v1, ${token}`, 'X-Forwarded-Proto': 'https' };
  const multi = Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]]);
  return { path: '/v1', headers: { single: headers, multi: Object.fromEntries(multi) }, identity };
}

/** What the deployed authorizer says of a token, under the `$connect` route's own settings. */
export async function askAuthorizer(
  { api, invoke }: DeployedChat,
  token: string,
  connection: ConnectionInfo = { connectionId: newAwsId(), connectedAt: Date.now(), identity },
  protocol?: ProtocolHeader,
): Promise<Authorization> {
  const authorizer = route(api, '$connect').authorizer;
  assert(authorizer !== undefined, '$connect has no authorizer');
  const context = requestContext({ api, now: Date.now }, connection, '$connect', 'CONNECT');
  return authorize({ invoke, api, now: Date.now }, authorizer, handshake(token, protocol), context);
}

export type Opening = { readonly connectedAt?: number; readonly minutes?: number };

export async function openByEvents(
  chat: DeployedChat,
  userId: string,
  { connectedAt = Date.now(), minutes = 60 }: Opening = {},
): Promise<InvokedPerson> {
  const { api, issuer } = chat;
  const token = await issuer.token(userId, minutes);
  const connectionId = newAwsId();
  const authorization = await askAuthorizer(chat, token, { connectionId, connectedAt, identity });
  assert(authorization.allowed, 'the authorizer refuses a good token');
  const connection = { connectionId, connectedAt, identity, authorizer: authorization.context };
  const context = (routeKey: string, eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT') =>
    requestContext({ api, now: Date.now }, connection, routeKey, eventType);
  const run = async (routeKey: string, event: unknown): Promise<Frame> => {
    const result = await chat.invoke(route(api, routeKey).functionName, event);
    assert(result.ok, result.ok ? '' : `${routeKey}: ${result.errorType}: ${result.errorMessage}`);
    return result.payload;
  };
  const opened = await run('$connect', connectEvent(handshake(token), context('$connect', 'CONNECT')));
  assert.deepEqual(opened, { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'lapse.v1' } });

  const person: InvokedPerson = {
    userId,
    connectionId,
    async call(action, fields = {}) {
      frames += 1;
      return person.repeat(`f${frames}`, action, fields);
    },
    async repeat(id, action, fields) {
      const routeKey = api.routes.some((each) => each.routeKey === action) ? action : '$default';
      const body = JSON.stringify({ action, id, ...fields });
      const answer = await run(routeKey, messageEvent(context(routeKey, 'MESSAGE'), body));
      return JSON.parse(answer.body);
    },
    async disconnect() {
      const cause = { code: 1001, reason: 'going away' };
      await run('$disconnect', disconnectEvent(context('$disconnect', 'DISCONNECT'), cause));
    },
  };
  return person;
}

function route({ routes }: DeployedChat['api'], routeKey: string) {
  const found = routes.find((each) => each.routeKey === routeKey);
  assert(found !== undefined, `no route ${routeKey} is deployed`);
  return found;
}
