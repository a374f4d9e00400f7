import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { openClient } from './test-client.ts';
import { ok, testGateway } from './test-gateway.ts';

async function connected() {
  const gateway = await testGateway();
  const client = await openClient(gateway.url);
  const { connectionId } = (await gateway.calls('connect').next()).requestContext;
  const post = (Data: string, options: { readonly abortSignal?: AbortSignal } = {}) =>
    gateway.management().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }), options);
  return { gateway, client, connectionId, post };
}

describe('faults', () => {
  test.each([
    ['gone', 410],
    ['throttled', 429],
    ['error', 500],
  ] as const)('%s answers %i and delivers nothing, as often as asked', async (kind, httpStatusCode) => {
    const { gateway, client, post } = await connected();
    gateway.faults.set({ kind }, { times: 1 });
    await expect(post('lost')).rejects.toMatchObject({ $metadata: { httpStatusCode } });
    await post('kept');
    expect(await client.frames.next()).toBe('kept');
  });

  test('lose answers 200 and delivers nothing', async () => {
    const { gateway, client, post } = await connected();
    gateway.faults.set({ kind: 'lose' }, { times: 1 });
    await post('lost');
    await post('kept');
    expect(await client.frames.next()).toBe('kept');
  });

  test('drop delivers and never answers', async () => {
    const { gateway, client, post } = await connected();
    gateway.faults.set({ kind: 'drop' }, { times: 1 });
    await expect(post('kept')).rejects.toThrow();
    expect(await client.frames.next()).toBe('kept');
  });

  test('hang keeps one caller waiting without an answer, and nobody else', async () => {
    const { gateway, client, post } = await connected();
    gateway.faults.set({ kind: 'hang' }, { times: 1 });
    const { take } = gateway.faults;
    const taken = Promise.withResolvers<void>();
    Object.assign(gateway.faults, {
      take: (connectionId: string) => {
        taken.resolve();
        return take(connectionId);
      },
    });
    const patience = new AbortController();
    const hanging = post('lost', { abortSignal: patience.signal });
    hanging.catch(() => undefined);
    await taken.promise;
    await post('kept');
    expect(await client.frames.next()).toBe('kept');
    patience.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('delay holds one connection back and nobody else', async () => {
    const { gateway, client, connectionId, post } = await connected();
    const other = await openClient(gateway.url);
    const ConnectionId = (await gateway.calls('connect').next()).requestContext.connectionId;
    gateway.faults.set({ kind: 'delay', ms: 1000 }, { connectionId });
    const order: string[] = [];
    const delayed = post('slow').then(() => order.push('slow'));
    await gateway.management().send(new PostToConnectionCommand({ ConnectionId, Data: 'fast' }));
    order.push('fast');
    await delayed;
    expect(order).toEqual(['fast', 'slow']);
    expect(await client.frames.next()).toBe('slow');
    expect(await other.frames.next()).toBe('fast');
  });

  test('R29 a close overtakes what was posted just before; what had its time arrives', async () => {
    const { gateway, client, connectionId, post } = await connected();
    gateway.faults.setPostDelay(50);
    await post('early');
    expect(await client.frames.next()).toBe('early');
    await post('late');
    await gateway.management().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    expect((await client.closed).code).toBe(1000);
    expect(client.frames.pending).toBe(0);
  });

  test('a fault lasts until it is cleared', async () => {
    const { gateway, connectionId, post } = await connected();
    gateway.faults.set({ kind: 'gone' }, { connectionId });
    await expect(post('x')).rejects.toMatchObject({ name: 'GoneException' });
    await expect(post('x')).rejects.toMatchObject({ name: 'GoneException' });
    gateway.faults.clear(connectionId);
    await expect(post('x')).resolves.toBeDefined();
  });

  test('a cut connection is 1006 on both sides, and gone', async () => {
    const { gateway, client, connectionId } = await connected();
    expect(gateway.connectionIds()).toEqual([connectionId]);
    expect(gateway.cut(connectionId)).toBe(true);
    expect((await client.closed).code).toBe(1006);
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1006);
    expect(gateway.cut(connectionId)).toBe(false);
    await expect(
      gateway.management().send(new GetConnectionCommand({ ConnectionId: connectionId })),
    ).rejects.toMatchObject({ name: 'GoneException' });
  });

  test.each([0, 1, 2] as const)('R24 $disconnect can be had %i times', async (times) => {
    const { gateway, client } = await connected();
    gateway.faults.setDisconnects({ times, delayMs: 0 });
    client.ws.close();
    await client.closed;
    gateway.faults.setDisconnects({ times: 1, delayMs: 0 });
    (await openClient(gateway.url)).ws.close(4000);
    const codes: unknown[] = [];
    while (codes.at(-1) !== 4000) {
      codes.push((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']);
    }
    expect(codes).toEqual([...Array(times).fill(1005), 4000]);
  });

  test('R24 $disconnect can be late', async () => {
    const { gateway, client } = await connected();
    gateway.faults.setDisconnects({ times: 1, delayMs: 500 });
    client.ws.close();
    await client.closed;
    expect(gateway.calls('disconnect').pending).toBe(0);
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1005);
  });

  test('R24 what $disconnect answers is ignored', async () => {
    const gateway = await testGateway({
      disconnect: () => Promise.reject(new Error('no')),
      connect: () => ok,
    });
    (await openClient(gateway.url)).ws.close();
    await gateway.calls('disconnect').next();
    await expect(openClient(gateway.url)).resolves.toBeDefined();
  });
});
