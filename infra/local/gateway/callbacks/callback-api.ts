import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readBody } from '../../network/read-body.ts';
import type { Connection } from '../connection/connection.ts';
import { limits } from '../connection/limits.ts';
import { isAwsId } from '../events/aws-id.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import type { CallbackPath } from './callback-path.ts';
import * as replies from './callback-reply.ts';

type Reply = replies.CallbackReply;

/** `undefined` when a fault switch swallows the response. */
export async function callbackApi(
  state: GatewayState,
  request: IncomingMessage,
  { stage, connectionId }: CallbackPath,
): Promise<Reply | undefined> {
  const body = await readBody(request, limits.messageBytes);
  if (stage !== state.api.stage) return replies.forbidden;
  if (!/^AWS4-/.test(request.headers.authorization ?? '')) return replies.unsigned;
  if (!(await state.signatureCheck(request, body ?? Buffer.alloc(0)))) return replies.badSignature;
  if (body === undefined) return replies.tooLarge;
  if (!isAwsId(connectionId)) return replies.badConnectionId(connectionId);
  if (request.method === 'POST' && !state.faults.takePost()) return replies.tooMany;
  return await withFaults(state, connectionId, () => act(state, request.method, connectionId, body));
}

async function withFaults(
  state: GatewayState,
  connectionId: string,
  run: () => Reply,
): Promise<Reply | undefined> {
  const fault = state.faults.take(connectionId);
  switch (fault?.kind) {
    case undefined:
      return run();
    case 'gone':
      return replies.gone;
    case 'throttled':
      return replies.tooMany;
    case 'error':
      return replies.broken;
    case 'lose':
      return replies.posted;
    case 'drop':
      run();
      return undefined;
    case 'hang':
      return new Promise(() => undefined);
    case 'delay':
      await wait(fault.ms);
      return run();
  }
}

function act(state: GatewayState, method: string | undefined, connectionId: string, body: Buffer): Reply {
  const connection = state.connections.get(connectionId);
  if (connection === undefined) return replies.gone;
  switch (method) {
    case 'POST':
      // A client that does not read fills its buffer: API Gateway then answers 429.
      if (connection.bufferedBytes() + body.length > state.maxBufferedBytes) return replies.tooMany;
      deliver(connection, body, state.faults.postDelay());
      return replies.posted;
    case 'GET':
      return replies.described(description(connection));
    case 'DELETE':
      connection.close({ code: 1000, reason: 'Connection Closed Normally' });
      return replies.deleted;
    default:
      return replies.forbidden;
  }
}

/** What is still under way when the connection is closed is lost. */
function deliver(connection: Connection, body: Buffer, delayMs: number): void {
  if (delayMs === 0) connection.send(body);
  else setTimeout(() => connection.send(body), delayMs);
}

function description(connection: Connection): unknown {
  return {
    connectedAt: new Date(connection.connectedAt).toISOString(),
    identity: connection.identity,
    lastActiveAt: new Date(connection.lastActiveAt()).toISOString(),
  };
}
