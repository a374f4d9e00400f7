import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCredentials } from '../../../../infra/local/credentials/start-credentials.ts';
import { startDynamoDb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';
import { provision } from '../../../../infra/local/system/engines.ts';
import { readSystem } from '../../../../infra/local/template/read-system.ts';
import { chatStacks } from '../fixtures/chat-stacks.ts';
import { writeAssembly } from '../fixtures/write-assembly.ts';

test('tables are made in the region of the template, where an engine that keeps regions apart has them for the functions', async () => {
  const asked: string[] = [];
  const server = createServer(({ headers }, response) => {
    const region = headers.authorization?.split('/')[2];
    asked.push(`${headers['x-amz-target']} ${region}`);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dynamodb = await startDynamoDb({ region: 'us-east-1', endpoint });
    const objects = { endpoint, allowOrigins: () => undefined, close: async () => undefined };
    const model = { ...readSystem(writeAssembly(chatStacks())), queues: [], buckets: [] };
    await provision(
      { dynamodb, tableEndpoint: endpoint, queueEndpoint: endpoint, objects },
      model,
      startCredentials(),
    );
  } finally {
    server.close();
  }
  expect(asked).toContain('DynamoDB_20120810.CreateTable eu-west-1');
});
