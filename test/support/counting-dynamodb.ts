import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { askEngine } from '../../infra/local/aws/engine-address.ts';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';

export type Call = {
  readonly operation: string;
  /** The table, or of several the first. */
  readonly table: string;
  readonly units: number;
};

export type CountingDynamoDb = {
  readonly endpoint: string;
  /** The calls since the last time it was asked, in the order in which they came. */
  take(): readonly Call[];
  /** Leaves this operation unanswered until it is let go. */
  hold(operation: string): () => void;
  /** Resolves once so many calls of what is held wait at the same time. */
  waiting(count: number): Promise<void>;
  close(): Promise<void>;
};

/** A real engine behind a proxy that asks for the consumed capacity of every call and adds it up. */
export async function startCountingDynamoDb(): Promise<CountingDynamoDb> {
  const engine = await startDynamoDb({ region: 'eu-west-1' });
  let calls: Call[] = [];
  const held = new Map<string, Promise<void>>();
  const arrivals = new EventEmitter();
  let waiting = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    if (held.has(operation)) {
      waiting += 1;
      arrivals.emit('arrival');
      await held.get(operation);
      waiting -= 1;
    }
    const counted = /Item|Query|Scan/.test(operation);
    const sent = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const body = JSON.stringify(counted ? { ...sent, ReturnConsumedCapacity: 'TOTAL' } : sent);
    const call = { operation, table: tableOf(sent), units: 0 };
    if (counted) calls.push(call);
    const asked = {
      path: '/',
      method: request.method ?? 'POST',
      headers: {
        'content-type': String(request.headers['content-type']),
        'x-amz-target': String(request.headers['x-amz-target']),
        authorization: String(request.headers.authorization),
        'x-amz-date': String(request.headers['x-amz-date']),
      },
      body,
    };
    const answer = await askEngine({ origin: engine.endpoint }, asked);
    const text = await textOf(answer);
    if (counted) call.units = unitsOf(text);
    response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    hold(operation) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(operation, promise);
      return () => {
        held.delete(operation);
        resolve();
      };
    },
    async waiting(count) {
      while (waiting < count) await once(arrivals, 'arrival');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
}

type Request = {
  readonly TableName?: string;
  readonly RequestItems?: object;
  readonly TransactItems?: object[];
};

function tableOf({ TableName, RequestItems = {}, TransactItems = [] }: Request): string {
  const named = TransactItems.flatMap((item) => Object.values(item).map((each: Request) => each.TableName));
  return TableName ?? Object.keys(RequestItems)[0] ?? named[0] ?? '';
}

function unitsOf(text: string): number {
  const { ConsumedCapacity: capacity = [] } = JSON.parse(text);
  return [capacity]
    .flat()
    .reduce((sum: number, each: { CapacityUnits?: number }) => sum + (each.CapacityUnits ?? 0), 0);
}
