import { bundle, poolOf } from '../functions/test-pool.ts';
import { openClient, refusal } from './test-client.ts';
import { route, testGateway } from './test-gateway.ts';

const routes = [
  route('$connect'),
  route('echo', { routeResponse: true }),
  route('crash', { routeResponse: true }),
];

test('R1 R14 R15 the gateway over functions in processes of their own', async () => {
  const pool = poolOf(
    await Promise.all([
      bundle(
        `export const handler = async ({ queryStringParameters: query, headers }) =>
           ({ statusCode: query?.no ? 403 : 200, headers: { 'Sec-WebSocket-Protocol': headers['Sec-WebSocket-Protocol'] } });`,
        { functionName: 'connect' },
      ),
      bundle('export const handler = async ({ body }) => ({ statusCode: 200, body });', {
        functionName: 'echo',
      }),
      bundle('export const handler = async () => process.exit(1);', { functionName: 'crash' }),
    ]),
  );
  await pool.warm(['connect', 'echo']);
  const gateway = await testGateway({}, { routes }, { invoke: pool.invoke });
  expect((await refusal(`${gateway.url}?no=1`)).status).toBe(403);
  const client = await openClient(gateway.url, { protocols: ['chat'] });
  client.send({ action: 'echo', text: 'é' });
  expect(await client.frames.next()).toBe('{"action":"echo","text":"é"}');
  client.send({ action: 'crash' });
  expect(await client.frames.next()).toContain('Internal server error');
  client.send({ action: 'echo' });
  expect(await client.frames.next()).toBe('{"action":"echo"}');
});
