import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { lifetime } from '../../../../infra/local/gateway/connection/lifetime.ts';
import { limits } from '../../../../infra/local/gateway/connection/limits.ts';
import { openClient } from './test-client.ts';
import { testGateway } from './test-gateway.ts';

describe('lifetime', () => {
  test('R23 the defaults are 10 minutes and 2 hours', () => {
    expect([limits.idleTimeoutMs, limits.maxDurationMs]).toEqual([600_000, 7_200_000]);
  });

  test('R23 an idle connection is closed with 1001 Going away, and $disconnect says the same', async () => {
    const gateway = await testGateway({}, {}, { idleTimeoutMs: 30 });
    const client = await openClient(gateway.url);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect((await gateway.calls('disconnect').next()).requestContext).toMatchObject({
      disconnectStatusCode: 1001,
      disconnectReason: 'Going away',
    });
  });

  test('R23 a busy connection is closed at the hard end', async () => {
    const gateway = await testGateway({}, {}, { idleTimeoutMs: 10_000, maxDurationMs: 60 });
    const client = await openClient(gateway.url);
    const chatter = setInterval(() => client.send({ action: 'echo' }), 5);
    expect((await client.closed).code).toBe(1001);
    clearInterval(chatter);
  });

  test.each(['in', 'out'])('R23 a frame going %s starts the idle time anew', async (direction) => {
    const gateway = await testGateway({}, {}, { idleTimeoutMs: 1000 });
    const client = await openClient(gateway.url);
    const { connectionId: ConnectionId } = (await gateway.calls('connect').next()).requestContext;
    const management = gateway.management();
    const openedAt = Date.now();
    let last = openedAt;
    const chatter = setInterval(() => {
      if (Date.now() - openedAt > 1500) return;
      last = Date.now();
      if (direction === 'in') client.send('not routed');
      else void management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }));
    }, 50);
    await client.closed;
    clearInterval(chatter);
    expect(last - openedAt).toBeGreaterThan(1000);
  });

  test('a lifetime that is stopped closes nothing', async () => {
    const closes: unknown[] = [];
    const life = lifetime(1, 1, (cause) => closes.push(cause));
    life.stop();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closes).toEqual([]);
  });
});
