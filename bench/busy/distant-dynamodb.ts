import { Agent, request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

export type Counted = {
  readonly calls: number;
  /** Write units, refused writes among them: those are billed, too. */
  readonly written: number;
  readonly refused: number;
};

export type DistantDynamoDb = {
  readonly endpoint: string;
  /** What was asked since the last time. */
  take(): Counted;
  stop(): void;
};

const isWrite = (operation: string) => /^(?:Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation);

/** An engine as far away as a service is: each call takes so long, half of it on the way there and half on the way back. */
export async function distantDynamoDb(origin: string, delay: () => number): Promise<DistantDynamoDb> {
  const agent = new Agent({ keepAlive: true });
  let counted = { calls: 0, written: 0, refused: 0 };
  const server = createServer(async (request, response) => {
    const way = delay() / 2;
    const target = String(request.headers['x-amz-target']);
    const operation = target.slice(target.indexOf('.') + 1);
    const body = JSON.parse((await buffer(request)).toString() || '{}');
    await setTimeout(way);
    const answer = await forward(target, JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' }));
    count(operation, body, answer);
    await setTimeout(way);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = counted;
      counted = { calls: 0, written: 0, refused: 0 };
      return taken;
    },
    stop() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };

  type Answer = { readonly status: number; readonly text: string };

  async function forward(target: string, body: string): Promise<Answer> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    };
    return new Promise((resolve, reject) => {
      const sent = ask(origin, { method: 'POST', headers, agent }, async (answered) => {
        resolve({ status: answered.statusCode ?? 502, text: (await buffer(answered)).toString() });
      });
      sent.on('error', reject).end(body);
    });
  }

  function count(
    operation: string,
    body: { readonly TransactItems?: readonly unknown[] },
    { status, text }: Answer,
  ) {
    counted.calls += 1;
    if (!isWrite(operation)) return;
    if (status !== 200) {
      // What is written here is below a kilobyte: a unit, and two for each part of a transaction.
      counted.refused += 1;
      counted.written += 2 * (body.TransactItems?.length ?? 0.5);
      return;
    }
    const { ConsumedCapacity = [] } = JSON.parse(text);
    for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) counted.written += CapacityUnits;
  }
}
