import { chat, settle } from '../support/chat.ts';
import { textOf } from '../support/text-of.ts';

const room = 'r-4uX0pVwWw1nJk3mS5yT7uB9dE1fG3hI5';

async function inRoom(listedOf: readonly string[] = ['bob']) {
  const made = chat();
  made.lapse.create(room, listedOf);
  made.client.connect();
  await settle();
  // Behind the second hello, which comes into all rooms again.
  await made.pass(3_000);
  await made.client.watch(room);
  const watched = () => made.lapse.frames.filter(({ action }) => action === 'watch').length;
  const texts = () => made.client.messages(room).map(textOf);
  return { ...made, watched, texts };
}

test('what is written in a room comes in frames of many, and what one is behind of is fetched', async () => {
  const { client, lapse, texts, heard } = await inRoom();
  const [one, two] = [lapse.post('bob', room, 'one'), lapse.post('carol', room, 'two')];
  lapse.push('alice', { type: 'messages', messages: [one, two] });
  await settle();
  expect(texts()).toEqual(['one', 'two']);
  for (const words of ['three', 'four']) lapse.post('bob', room, words);
  lapse.push('alice', { type: 'behind', conversationId: room, lastSeq: 4 });
  await settle();
  expect(texts()).toEqual(['one', 'two', 'three', 'four']);
  expect(heard).toEqual(['one', 'two', 'three', 'four']);
  expect([client.live(room), client.conversations()[0]?.kind]).toEqual([3, 'room']);
  client.close();
});

test('some seconds later it is asked for what was numbered while one came in', async () => {
  const { client, lapse, texts, pass, watched } = await inRoom();
  lapse.post('bob', room, 'nobody has pushed it');
  await pass(3_000);
  expect([watched(), texts()]).toEqual([2, ['nobody has pushed it']]);
  client.close();
});

test('a new connection comes into the room again and gets what it has missed; who has left does not', async () => {
  const { client, lapse, texts, pass, watched } = await inRoom();
  lapse.dropAll();
  await settle();
  lapse.post('bob', room, 'missed');
  await pass(5_000);
  await pass(0);
  expect([watched(), texts()]).toEqual([2, ['missed']]);
  await client.unwatch(room);
  expect([client.live(room), client.conversations().some(({ kind }) => kind === 'room')]).toEqual([
    undefined,
    false,
  ]);
  const before = watched();
  lapse.dropAll();
  await settle();
  await pass(5_000);
  await pass(5_000);
  expect(watched()).toBe(before);
  client.close();
});

test('what was missed of a room of one’s own list is fetched once one is in it again, and not given up before', async () => {
  const { client, lapse, pass, texts, heard } = await inRoom(['alice', 'bob']);
  lapse.dropAll();
  await settle();
  lapse.post('bob', room, 'missed');
  await pass(5_000);
  await pass(0);
  lapse.push('alice', { type: 'messages', messages: [lapse.post('bob', room, 'later')] });
  await pass(3_000);
  expect(texts()).toEqual(['missed', 'later']);
  expect(heard).toEqual(['missed', 'later']);
  client.close();
});

test('of a room nobody is told what one has read, what has come or that one is writing', async () => {
  const { client, lapse, pass } = await inRoom();
  lapse.push('alice', { type: 'message', message: lapse.post('bob', room, 'hi') });
  await settle();
  client.read(room);
  client.typing(room);
  await pass(2_500);
  const told = lapse.frames
    .map(({ action }) => action)
    .filter((each) => ['read', 'typing', 'delivered'].includes(each));
  expect(told).toEqual([]);
  client.close();
});
