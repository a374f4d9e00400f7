import { chat, settle } from '../support/chat.ts';

async function online() {
  const here = chat();
  here.client.connect();
  await settle();
  const told = () => here.lapse.frames.flatMap((frame) => (frame.action === 'read' ? [frame.seq] : []));
  const summary = () =>
    here.client.conversations().find(({ conversationId }) => conversationId === here.conversationId);
  const post = async (...texts: string[]) => {
    for (const each of texts) here.lapse.post('bob', here.conversationId, each);
    await settle();
  };
  return { ...here, told, summary, post };
}

test('what has been seen is told once, and is unread no more', async () => {
  const here = await online();
  await here.post('1', '2');
  expect(here.summary()).toMatchObject({ readSeq: 0, unread: 2 });
  here.client.read(here.conversationId);
  here.client.read(here.conversationId);
  expect(here.summary()).toMatchObject({ readSeq: 2, unread: 0 });
  await settle();
  expect(here.told()).toEqual([2]);
});

test('who reads fast is told of in one frame at a time, the newest place last', async () => {
  const here = await online();
  here.lapse.fault = ({ action }) => (action === 'read' ? 'lose-ack' : 'none');
  for (const each of ['1', '2', '3']) {
    await here.post(each);
    here.client.read(here.conversationId);
  }
  await settle();
  expect(here.told()).toEqual([1]);
  here.lapse.fault = () => 'none';
  here.lapse.dropAll();
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.told().at(-1)).toBe(3);
});

test('what was read without a connection is told by the next one, and stays read meanwhile', async () => {
  const here = await online();
  await here.post('1', '2');
  here.lapse.dropAll();
  here.client.read(here.conversationId);
  await settle();
  expect(here.told()).toEqual([]);
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.told()).toEqual([2]);
  expect(here.summary()).toMatchObject({ readSeq: 2, unread: 0 });
});

test('a place that the server refuses is not told again', async () => {
  const here = await online();
  await here.post('1');
  here.lapse.fault = ({ action }) => (action === 'read' ? { code: 'NOT_FOUND', retryable: false } : 'none');
  here.client.read(here.conversationId);
  await settle();
  here.lapse.dropAll();
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.told()).toEqual([1]);
});

test('what was read on another device is read here, and what others read is told to the app', async () => {
  const here = await online();
  const heard: object[] = [];
  here.client.on('read', (read) => heard.push(read));
  await here.post('1', '2', '3');
  const { conversationId } = here;
  const pushes = ['alice', 'bob'].map((userId, index) => ({
    type: 'read',
    conversationId,
    userId,
    seq: index + 2,
  }));
  for (const push of pushes) here.lapse.push('alice', push);
  await settle();
  expect(here.summary()).toMatchObject({ readSeq: 2, unread: 1 });
  expect(heard).toEqual(pushes);
  expect(here.told()).toEqual([]);
});
