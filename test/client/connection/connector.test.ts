import { chat, settle } from '../support/chat.ts';
import { manualClock } from '../support/manual-clock.ts';

const birthDate = '2000-01-31';

test('without consent it says so, grants it on a new session, and sends what waited', async () => {
  const { client, lapse, conversationId, states, pass } = chat();
  lapse.consented.delete('alice');
  const sent = client.send(conversationId, 'waits');
  client.connect();
  await settle();
  expect(client.state()).toMatchObject({
    name: 'consent-required',
    hello: { consent: { policyVersion: '7' } },
  });
  await expect(client.consent({ policyVersion: '6', jurisdiction: 'KR', birthDate })).rejects.toMatchObject({
    code: 'CONSENT_STALE',
  });
  await expect(client.consent({ policyVersion: '7', jurisdiction: 'XX', birthDate })).rejects.toMatchObject({
    code: 'JURISDICTION_UNKNOWN',
  });
  expect(client.state().name).toBe('consent-required');
  await client.consent({ policyVersion: '7', jurisdiction: 'KR', birthDate });
  await pass(0);
  expect(await sent).toMatchObject({ seq: 1 });
  expect(states.map(({ name }) => name)).toEqual([
    'connecting',
    'consent-required',
    'reconnecting',
    'online',
  ]);
  expect(lapse.tokens).toHaveLength(2);
});

test('consent withdrawn elsewhere turns a send into the state, and the message waits', async () => {
  const { client, lapse, conversationId, pass } = chat();
  client.connect();
  await settle();
  lapse.consented.delete('alice');
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'CONSENT_REQUIRED', retryable: false } : 'none');
  const sent = client.send(conversationId, 'waits');
  await settle();
  expect(client.state().name).toBe('consent-required');
  expect(client.unsent()).toHaveLength(1);
  lapse.fault = () => 'none';
  await client.consent({ policyVersion: '7', jurisdiction: 'KR', birthDate });
  await pass(0);
  expect(await sent).toMatchObject({ seq: 1 });
});

test('consent given on another device is noticed', async () => {
  const { client, lapse, pass } = chat();
  lapse.consented.delete('alice');
  client.connect();
  await settle();
  lapse.consented.add('alice');
  await pass(9 * 60_000);
  await pass(0);
  expect(client.state().name).toBe('online');
});

test('an expired token is replaced by a fresh one', async () => {
  const wanted: boolean[] = [];
  const { client, lapse, conversationId, pass } = chat({
    token: async ({ refresh }) => {
      wanted.push(refresh);
      return `alice.${wanted.length}`;
    },
  });
  client.connect();
  await settle();
  await pass(3_000);
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'TOKEN_EXPIRED', retryable: false } : 'none');
  const sent = client.send(conversationId, 'hello');
  await settle();
  expect(client.state()).toMatchObject({ name: 'reconnecting', delayMs: 0 });
  lapse.fault = () => 'none';
  await pass(0);
  expect(await sent).toMatchObject({ seq: 1 });
  expect(wanted).toEqual([false, true]);
});

test('bye with reconnect brings it back, bye without ends it with the reason', async () => {
  const { client, lapse, pass } = chat();
  client.connect();
  await settle();
  await pass(3_000);
  lapse.push('alice', { type: 'bye', reason: 'TOKEN_EXPIRED', reconnect: true });
  await settle();
  await pass(0);
  expect(client.state().name).toBe('online');
  lapse.push('alice', { type: 'bye', reason: 'CONSENT_WITHDRAWN', reconnect: false });
  await settle();
  expect(client.state()).toEqual({ name: 'closed', reason: 'CONSENT_WITHDRAWN' });
  expect(lapse.connections()).toBe(0);
});

test('a refused handshake is tried again with growing, jittered delays and a fresh token', async () => {
  const { client, lapse, states, pass } = chat();
  lapse.refuse = () => true;
  client.connect();
  await settle();
  for (const delayMs of [250, 500, 1_000, 2_000, 4_000, 8_000]) {
    expect(client.state()).toMatchObject({ name: 'reconnecting', delayMs });
    await pass(delayMs);
  }
  expect(client.state()).toMatchObject({ delayMs: 15_000 });
  expect(states.filter(({ name }) => name === 'online')).toEqual([]);
  lapse.refuse = () => false;
  await pass(15_000);
  expect(client.state().name).toBe('online');
});

test('a server that accepts and drops at once is not hammered', async () => {
  const { client, lapse, states, pass } = chat();
  client.connect();
  for (let round = 0; round < 4; round += 1) {
    await settle();
    lapse.dropAll();
    await settle();
    await pass(250 * 2 ** round);
  }
  const delays = states.flatMap((state) => (state.name === 'reconnecting' ? [state.delayMs] : []));
  expect(delays).toEqual([250, 500, 1_000, 2_000]);
});

test('no token: the state says so and it goes on trying', async () => {
  let works = false;
  const { client, pass } = chat({
    token: async () => {
      if (!works) throw new Error('no network');
      return 'alice.1';
    },
  });
  client.connect();
  await settle();
  expect(client.state()).toMatchObject({ name: 'reconnecting', cause: { code: 'TOKEN_UNAVAILABLE' } });
  works = true;
  await pass(250);
  expect(client.state().name).toBe('online');
});

test('pings before API Gateway calls it idle, says no hello for it, and is renewed before the two hours are over', async () => {
  const { client, lapse, pass } = chat();
  client.connect();
  await settle();
  const minutes = async (count: number) => {
    for (let step = 0; step < count * 3; step += 1) await pass(20_000);
  };
  await minutes(9);
  const counted = (wanted: string) => lapse.frames.filter(({ action }) => action === wanted).length;
  // A hello at first and one a little later; a ping at first and one for every nine minutes.
  expect([counted('hello'), counted('ping')]).toEqual([2, 2]);
  await minutes(98);
  expect([counted('hello'), counted('ping')]).toEqual([2, 12]);
  expect(lapse.tokens).toHaveLength(1);
  await minutes(1);
  expect(lapse.tokens).toHaveLength(2);
  expect(client.state().name).toBe('online');
});

test('a request without an answer of its own fails by API Gateway’s frame', async () => {
  const { client, lapse } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'open' ? 'gateway-forbidden' : 'none');
  await expect(client.open({ kind: 'direct', members: ['bob'] })).rejects.toMatchObject({
    code: 'UNKNOWN_ACTION',
  });
  lapse.fault = ({ action }) => (action === 'open' ? 'gateway-error' : 'none');
  await expect(client.open({ kind: 'direct', members: ['bob'] })).rejects.toMatchObject({
    code: 'INTERNAL',
    retryable: true,
  });
});

test('a request without a connection is refused at once', async () => {
  const { client } = chat();
  await expect(client.open({ kind: 'direct', members: ['bob'] })).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  });
});

test('the last hello says over how long everybody comes back; who has heard nothing takes half a minute', async () => {
  const { client, lapse, states, pass } = chat({ random: () => 0.999 });
  const delays = () => states.flatMap((state) => (state.name === 'reconnecting' ? [state.delayMs] : []));
  const long = async (minutes: number) => {
    for (let step = 0; step < minutes * 6; step += 1) await pass(10_000);
  };
  const lose = async (): Promise<number> => {
    states.length = 0;
    lapse.refuse = () => true;
    lapse.dropAll();
    await long(100);
    lapse.refuse = () => false;
    await long(12);
    expect(client.state().name).toBe('online');
    return Math.max(...delays());
  };
  client.connect();
  await settle();
  expect(await lose()).toBe(29_970);
  lapse.reconnectWithinSeconds = 600;
  client.wake();
  await settle();
  expect(await lose()).toBe(599_400);
  // Doubled until then, and no step is left out.
  expect(delays().slice(0, 4)).toEqual([499, 999, 1_998, 3_996]);
  delete lapse.reconnectWithinSeconds;
  client.wake();
  await settle();
  expect(await lose()).toBe(29_970);
});

test('who is woken waits no longer for the next try', async () => {
  const { client, lapse, pass } = chat();
  lapse.refuse = () => true;
  client.connect();
  await settle();
  for (let round = 0; round < 6; round += 1) await pass(15_000);
  expect(client.state().name).toBe('reconnecting');
  lapse.refuse = () => false;
  client.wake();
  await settle();
  expect(client.state().name).toBe('online');
});

test('who is woken while online finds out that the connection has died unnoticed', async () => {
  const { client, lapse, pass } = chat();
  client.connect();
  await settle();
  await pass(3_000);
  await pass(11_000);
  lapse.fault = () => 'lose-ack';
  client.wake();
  client.wake();
  await pass(30_000);
  lapse.fault = () => 'none';
  expect(client.state().name).toBe('reconnecting');
  await pass(500);
  expect(client.state().name).toBe('online');
  const hellos = lapse.frames.length;
  client.wake();
  await settle();
  expect(lapse.frames).toHaveLength(hellos);
});

test('a machine that has slept looks at once whether the connection still stands', async () => {
  let slept = 0;
  const clock = manualClock();
  const { client, lapse, pass } = chat(
    { clock: { now: () => clock.now() + slept, after: clock.after } },
    600,
    clock,
  );
  client.connect();
  await settle();
  await pass(3_000);
  const before = lapse.frames.length;
  slept = 3_600_000;
  await pass(30_000);
  expect(lapse.frames.slice(before).map(({ action }) => action)).toEqual(['hello', 'ping']);
});

test('a token provider that never answers is given up and asked again', async () => {
  let asked = 0;
  const { client, pass } = chat({
    token: () => (++asked === 1 ? new Promise(() => undefined) : Promise.resolve('alice.1')),
  });
  client.connect();
  await pass(30_000);
  expect(client.state()).toMatchObject({ name: 'reconnecting', cause: { code: 'TOKEN_UNAVAILABLE' } });
  await pass(250);
  expect(client.state().name).toBe('online');
});

test('an answer to hello that is followed by the end of the connection does not make it online', async () => {
  const { client, lapse, states } = chat();
  lapse.fault = ({ action }) => (action === 'ping' ? 'lose-ack' : 'none');
  client.connect();
  await settle();
  expect(client.state().name).toBe('connecting');
  lapse.dropAll();
  await settle();
  expect(states.map(({ name }) => name)).toEqual(['connecting', 'reconnecting']);
});

test('where the server has forgotten the person, so does the client, and they can begin anew', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  const erased: number[] = [];
  client.on('erased', (messages) => erased.push(...messages.map(({ seq }) => seq)));
  client.connect();
  await settle();
  for (const text of ['one', 'two', 'three']) await client.send(conversationId, text);
  lapse.consented.delete('alice');
  lapse.create(conversationId, ['alice', 'bob']);
  lapse.dropAll();
  await settle();
  await pass(500);
  expect(client.state().name).toBe('consent-required');
  expect(client.conversations()).toEqual([]);
  expect(erased).toEqual([1, 2, 3]);
  await client.consent({ policyVersion: '7', jurisdiction: 'KR', birthDate });
  await pass(0);
  lapse.post('bob', conversationId, 'anew');
  await settle();
  expect(heard).toEqual(['one', 'two', 'three', 'anew']);
});

test('no request that API Gateway would close the socket for leaves', async () => {
  const { client } = chat();
  client.connect();
  await settle();
  const members = Array.from({ length: 4_000 }, (_, index) => `person-${index}`);
  await expect(client.open({ kind: 'group', members })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(client.state().name).toBe('online');
});
