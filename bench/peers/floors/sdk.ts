import { randomUUID } from 'node:crypto';
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';

// The same as the bare floor by the SDK's two clients, as they come.

const db = new DynamoDBClient({});
const gateway = new ApiGatewayManagementApiClient({
  endpoint: process.env['BENCH_CALLBACK'] ?? '',
  requestHandler: { httpsAgent: { maxSockets: 128 } },
});

export async function handler({ body }: { readonly body: string }) {
  const { conversationId, text } = JSON.parse(body);
  const [id, sentAt] = [randomUUID(), Date.now()];
  const [{ Items = [] }] = await Promise.all([
    db.send(
      new QueryCommand({
        TableName: 'floor-connections',
        KeyConditionExpression: 'conversationId = :id',
        ExpressionAttributeValues: { ':id': { S: conversationId } },
      }),
    ),
    db.send(
      new PutItemCommand({
        TableName: 'floor-messages',
        Item: { conversationId: { S: conversationId }, id: { S: `${sentAt}#${id}` }, text: { S: text } },
      }),
    ),
  ]);
  const Data = Buffer.from(
    JSON.stringify({ type: 'message', message: { conversationId, id, sentAt, text } }),
  );
  const queue = Items.values();
  const worker = async () => {
    for (const { connectionId } of queue)
      await gateway.send(new PostToConnectionCommand({ ConnectionId: connectionId?.S ?? '', Data }));
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  return { statusCode: 200, body: JSON.stringify({ type: 'ack', id, sentAt }) };
}
