import { randomUUID } from 'node:crypto';
import { httpExchange } from '../../../shared/runtime/aws/http-exchange.ts';
import { signer, uriEncoded } from '../../../shared/runtime/aws/signer.ts';

// The floor: stores the message beside reading who is connected, by a bare signer, then posts. No order, no check, no repeat.

const { env } = process;
const credentials = {
  accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  sessionToken: env['AWS_SESSION_TOKEN'] ?? '',
};
const timeouts = { connectionTimeout: 10_000, requestTimeout: 10_000 };

function caller(service: string, endpoint: URL, maxSockets: number) {
  const exchange = httpExchange(endpoint, { ...timeouts, maxSockets });
  const sign = signer({ service, region: env['AWS_REGION'] ?? '' });
  return async (path: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array) => {
    const request = { method: 'POST', host: endpoint.host, path, headers, body };
    const { status, body: answer } = await exchange({
      ...request,
      headers: sign(request, credentials, new Date()),
    });
    if (status !== 200) throw new Error(`${service} answered ${status}`);
    return answer;
  };
}

const table = caller('dynamodb', new URL(env['AWS_ENDPOINT_URL_DYNAMODB'] ?? ''), 50);
const gateway = caller('execute-api', new URL(env['BENCH_CALLBACK'] ?? ''), 128);
const dynamodb = async (operation: string, input: object) => {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  };
  return JSON.parse((await table('/', headers, JSON.stringify(input))).toString());
};

export async function handler({ body }: { readonly body: string }) {
  const { conversationId, text } = JSON.parse(body);
  const [id, sentAt] = [randomUUID(), Date.now()];
  const [{ Items }] = await Promise.all([
    dynamodb('Query', {
      TableName: 'floor-connections',
      KeyConditionExpression: 'conversationId = :id',
      ExpressionAttributeValues: { ':id': { S: conversationId } },
    }),
    dynamodb('PutItem', {
      TableName: 'floor-messages',
      Item: { conversationId: { S: conversationId }, id: { S: `${sentAt}#${id}` }, text: { S: text } },
    }),
  ]);
  const frame = Buffer.from(
    JSON.stringify({ type: 'message', message: { conversationId, id, sentAt, text } }),
  );
  const queue = (Items as readonly { connectionId: { S: string } }[]).values();
  const worker = async () => {
    for (const { connectionId } of queue)
      await gateway(
        `/v1/@connections/${uriEncoded(connectionId.S)}`,
        { 'content-type': 'application/octet-stream' },
        frame,
      );
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  return { statusCode: 200, body: JSON.stringify({ type: 'ack', id, sentAt }) };
}
