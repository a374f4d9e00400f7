import { chat, settle } from '../support/chat.ts';

async function online() {
  const here = chat();
  here.client.connect();
  await settle();
  const told = () => here.lapse.frames.filter(({ action }) => action === 'typing').length;
  return { ...here, told };
}

test('however many keys are pressed, the others are told every three seconds', async () => {
  const here = await online();
  for (let key = 0; key < 10; key += 1) here.client.typing(here.conversationId);
  await here.pass(2_999);
  here.client.typing(here.conversationId);
  await settle();
  expect(here.told()).toBe(1);
  await here.pass(1);
  here.client.typing(here.conversationId);
  await settle();
  expect(here.told()).toBe(2);
});

test('without a connection nothing is told, nor later', async () => {
  const here = await online();
  here.lapse.dropAll();
  here.client.typing(here.conversationId);
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.told()).toBe(0);
});

test('who is writing is told to the app', async () => {
  const here = await online();
  const heard: object[] = [];
  here.client.on('typing', (typing) => heard.push(typing));
  const push = { type: 'typing', conversationId: here.conversationId, userId: 'bob' };
  here.lapse.push('alice', push);
  await settle();
  expect(heard).toEqual([push]);
});
