import { WebSocketServer } from 'ws';
import { lapseClient } from '../../../client/lapse-client.ts';
import { chat, settle } from '../support/chat.ts';
import { manualClock } from '../support/manual-clock.ts';

/** A server that says no to each handshake; over HTTP it answers, or is out of reach. */
function refusing(reachable: () => boolean) {
  const probes: string[] = [];
  const wanted: boolean[] = [];
  const setting = chat({
    token: async ({ refresh }) => {
      wanted.push(refresh);
      return 'alice.1';
    },
    fetch: async (url) => {
      probes.push(String(url));
      if (!reachable()) throw new TypeError('Failed to fetch');
      return new Response(null, { status: 401 });
    },
  });
  setting.lapse.consented.add('alice');
  setting.lapse.refuse = () => true;
  const minutes = async (count: number) => {
    for (let step = 0; step < count * 60; step += 1) await setting.pass(1_000);
  };
  return { ...setting, probes, wanted, minutes };
}

test('a server that is there and takes no token ends in `refused`, after eight tries with fresh ones', async () => {
  const { client, conversationId, lapse, probes, wanted, states, minutes } = refusing(() => true);
  client.connect();
  await settle();
  const waits = client.send(conversationId, 'as soon as it goes');
  await minutes(10);
  expect(states.at(-1)).toMatchObject({
    name: 'refused',
    cause: { code: 'TOKEN_REFUSED', retryable: false },
  });
  expect(wanted).toEqual([false, ...Array<boolean>(7).fill(true)]);
  expect(probes).toEqual(['http://fake']);
  await expect(client.open({ kind: 'direct', members: ['bob'] })).rejects.toMatchObject({
    code: 'TOKEN_REFUSED',
  });
  // Signed in again.
  lapse.refuse = () => false;
  client.connect();
  await minutes(1);
  expect(client.state().name).toBe('online');
  await expect(waits).resolves.toMatchObject({ seq: 1 });
});

test('without a network it goes on for ever', async () => {
  const { client, lapse, probes, minutes } = refusing(() => false);
  client.connect();
  await minutes(30);
  expect(client.state().name).toBe('reconnecting');
  expect(probes.length).toBeGreaterThan(20);
  lapse.refuse = () => false;
  await minutes(1);
  expect(client.state().name).toBe('online');
});

test('a server that has taken a token before and now refuses is at fault itself', async () => {
  const { client, lapse, probes, states, minutes } = refusing(() => true);
  lapse.refuse = () => false;
  client.connect();
  await settle();
  lapse.refuse = () => true;
  lapse.dropAll();
  await minutes(60);
  expect([client.state().name, probes]).toEqual(['reconnecting', []]);
  expect(states.map(({ name }) => name)).not.toContain('refused');
});

test('a token that is taken while the server is looked for is not refused after all', async () => {
  const answered = Promise.withResolvers<Response>();
  const { client, lapse, pass } = chat({ fetch: () => answered.promise });
  lapse.consented.add('alice');
  lapse.refuse = () => true;
  client.connect();
  for (let second = 0; second < 60; second += 1) await pass(1_000);
  lapse.refuse = () => false;
  for (let second = 0; second < 31; second += 1) await pass(1_000);
  expect(client.state().name).toBe('online');
  answered.resolve(new Response());
  await settle();
  expect(client.state().name).toBe('online');
});

test('who closes the client and begins anew is refused no sooner', async () => {
  const { client, wanted, minutes } = refusing(() => true);
  client.connect();
  for (let step = 0; step < 3; step += 1) await minutes(0.05);
  const before = wanted.length;
  expect(before).toBeGreaterThan(2);
  client.close();
  client.connect();
  await minutes(10);
  expect(wanted.length - before).toBe(8);
});

test.each([
  ['that is empty', ''],
  ['that no sub-protocol can be', 'not a token'],
])('a token %s is asked for once more, and refused', async (_what, token) => {
  const wanted: boolean[] = [];
  const server = new WebSocketServer({ port: 0 });
  const clock = manualClock();
  const client = lapseClient({
    url: `ws://127.0.0.1:${(server.address() as { port: number }).port}`,
    clock,
    token: async ({ refresh }) => {
      wanted.push(refresh);
      return token;
    },
  });
  try {
    client.connect();
    await settle();
    clock.advance(1_000);
    await settle();
    expect(client.state()).toMatchObject({ name: 'refused', cause: { code: 'TOKEN_REFUSED' } });
    expect(wanted).toEqual([false, true]);
  } finally {
    client.close();
    server.close();
  }
});
