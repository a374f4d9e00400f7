import { chat, settle } from '../support/chat.ts';

async function online() {
  const setting = chat();
  const { client, lapse, pass } = setting;
  lapse.consented.add('alice');
  client.connect();
  await settle();
  // The second hello.
  await pass(3_000);
  const before = lapse.frames.length;
  const pings = () => lapse.frames.slice(before).filter(({ action }) => action === 'ping').length;
  const seconds = async (count: number) => {
    for (let step = 0; step < count; step += 1) await pass(1_000);
  };
  return { ...setting, pings, seconds };
}

test('a path that has died is found within a minute by who waits for an answer to what they wrote', async () => {
  const { client, conversationId, lapse, seconds } = await online();
  await client.send(conversationId, 'are you there?');
  lapse.fault = () => 'lose-ack';
  await seconds(54);
  expect(client.state().name).toBe('online');
  await seconds(1);
  expect(client.state().name).toBe('reconnecting');
  lapse.fault = () => 'none';
  await seconds(1);
  expect(client.state().name).toBe('online');
});

test('nobody who only has it open is asked for: that is what the ping every nine minutes is for', async () => {
  const { pings, seconds } = await online();
  await seconds(500);
  expect(pings()).toBe(0);
});

test('while others write nothing needs a test, and who has written once tests twice', async () => {
  const { client, conversationId, lapse, pings, seconds } = await online();
  await client.send(conversationId, 'hello');
  for (let step = 0; step < 6; step += 1) {
    await seconds(30);
    lapse.post('bob', conversationId, 'hello');
  }
  expect(pings()).toBe(0);
  await client.send(conversationId, 'nobody answers');
  await seconds(150);
  expect(pings()).toBe(2);
  // And again, whoever writes again.
  client.typing(conversationId);
  await seconds(100);
  expect(pings()).toBe(4);
});
