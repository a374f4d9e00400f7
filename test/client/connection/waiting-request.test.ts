import { chat, settle } from '../support/chat.ts';

const bob = { kind: 'direct', members: ['bob'] } as const;

test('what is asked for while a connection is made waits for it', async () => {
  const { client, lapse, pass } = chat();
  client.connect();
  const first = client.open({ ...bob, members: ['bob'] });
  await settle();
  expect(await first).toMatchObject({ kind: 'direct' });
  await pass(3_000);
  lapse.dropAll();
  await settle();
  expect(client.state().name).toBe('reconnecting');
  const second = client.members('d-alice-bob');
  await pass(250);
  expect(await second).toEqual(['alice', 'bob']);
});

test('before connect() it says what to do, and what waits when the client is closed waits no longer', async () => {
  const { client } = chat({ token: () => new Promise(() => undefined) });
  await expect(client.open({ ...bob, members: ['bob'] })).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
    message: 'not connected: connect() has to be called first',
  });
  client.connect();
  const waiting = expect(client.open({ ...bob, members: ['bob'] })).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  });
  client.close();
  await waiting;
});

test('where consent is needed first it says so', async () => {
  const { client, lapse } = chat();
  lapse.consented.clear();
  client.connect();
  const asked = expect(client.open({ ...bob, members: ['bob'] })).rejects.toMatchObject({
    code: 'CONSENT_REQUIRED',
  });
  await settle();
  await asked;
});
