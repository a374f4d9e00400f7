import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { chat, settle } from './support/chat.ts';
import { textOf } from './support/text-of.ts';

const texts = (messages: readonly MessageBody[]) => messages.map(textOf);

test('says hello, sends, and hears its own message and the other once, in order', async () => {
  const { client, lapse, conversationId, heard } = chat();
  client.connect();
  await settle();
  expect(client.state().name).toBe('online');
  const result = await client.send(conversationId, 'hello bob');
  lapse.post('bob', conversationId, 'hello alice');
  await settle();
  expect(result).toMatchObject({ seq: 1, stored: true });
  expect(heard).toEqual(['hello bob', 'hello alice']);
  expect(texts(client.messages(conversationId))).toEqual(heard);
});

test('a message whose ack is lost with the socket is repeated with the same id', async () => {
  const { client, lapse, conversationId, pass } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? 'drop-after' : 'none');
  const sent = client.send(conversationId, 'once');
  await settle();
  expect(client.state()).toMatchObject({ name: 'reconnecting', delayMs: 250 });
  expect(client.unsent()).toHaveLength(1);
  lapse.fault = () => 'none';
  await pass(250);
  expect(await sent).toMatchObject({ seq: 1, duplicate: true });
  const ids = lapse.frames.filter(({ action }) => action === 'send').map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(client.unsent()).toHaveLength(0);
});

test('what is sent while there is no connection leaves later, in the order it was written', async () => {
  const { client, lapse, conversationId } = chat();
  const sent = Promise.all(['a', 'b', 'c'].map((text) => client.send(conversationId, text)));
  client.connect();
  expect((await sent).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(texts(lapse.list(conversationId))).toEqual(['a', 'b', 'c']);
});

test('an ack that never comes ends the connection, and the message is repeated', async () => {
  const { client, lapse, conversationId, pass } = chat({ timeoutMs: 30_000 });
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? 'lose-ack' : 'none');
  const sent = client.send(conversationId, 'once');
  await settle();
  await pass(30_000);
  expect(client.state()).toMatchObject({ name: 'reconnecting', cause: { code: 'TIMEOUT' } });
  lapse.fault = () => 'none';
  await pass(30_000);
  expect(await sent).toMatchObject({ seq: 1, duplicate: true });
});

test.each([
  'gateway-error',
  { code: 'RATE_LIMITED', retryable: true },
  { code: 'INTERNAL', retryable: true },
] as const)('a passing failure is tried again after a while: %j', async (fault) => {
  const { client, lapse, conversationId, pass } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? fault : 'none');
  const sent = client.send(conversationId, 'once');
  await settle();
  lapse.fault = () => 'none';
  await pass(250);
  expect(await sent).toMatchObject({ seq: 1 });
});

test('who is told when to come again does not come earlier', async () => {
  const { client, lapse, conversationId, pass } = chat();
  client.connect();
  await settle();
  const told = { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 40_000 };
  lapse.fault = ({ action }) => (action === 'send' ? told : 'none');
  const sent = client.send(conversationId, 'once');
  await settle();
  lapse.fault = () => 'none';
  const sends = () => lapse.frames.filter(({ action }) => action === 'send').length;
  // In steps: what is under way in between must have the time to be answered.
  for (let step = 0; step < 39; step += 1) await pass(1_000);
  expect(sends()).toBe(1);
  for (let step = 0; step < 2; step += 1) await pass(1_000);
  expect(await sent).toMatchObject({ seq: 1 });
  expect(sends()).toBe(2);
});

test('history that is refused for now is read when the server says', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  client.connect();
  await settle();
  const told = { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 40_000 };
  lapse.fault = ({ action }) => (action === 'history' ? told : 'none');
  lapse.post('bob', conversationId, 'first');
  lapse.pushFault = () => 'lose';
  lapse.post('bob', conversationId, 'lost');
  lapse.pushFault = () => 'none';
  lapse.post('bob', conversationId, 'seen');
  await settle();
  await pass(1_000);
  lapse.fault = () => 'none';
  const reads = () => lapse.frames.filter(({ action }) => action === 'history').length;
  expect(reads()).toBe(1);
  for (let step = 0; step < 39; step += 1) await pass(1_000);
  expect(reads()).toBe(1);
  for (let step = 0; step < 4; step += 1) await pass(1_000);
  expect(heard).toEqual(['first', 'lost', 'seen']);
});

test('a failure for good rejects that message and lets the next one pass', async () => {
  const { client, lapse, conversationId } = chat();
  client.connect();
  await settle();
  lapse.fault = (frame) =>
    frame.action === 'send' && frame.content.type === 'text' && frame.content.text === 'card'
      ? { code: 'SENSITIVE_DATA', retryable: false }
      : 'none';
  const refused = expect(client.send(conversationId, 'card')).rejects.toMatchObject({
    code: 'SENSITIVE_DATA',
    retryable: false,
  });
  const next = client.send(conversationId, 'fine');
  await refused;
  expect(await next).toMatchObject({ seq: 1 });
});

test('gives up on a message that the server fails again and again', async () => {
  const { client, lapse, conversationId, pass } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'send' ? { code: 'INTERNAL', retryable: true } : 'none');
  const refused = expect(client.send(conversationId, 'never')).rejects.toMatchObject({ code: 'INTERNAL' });
  for (let attempt = 0; attempt < 10; attempt += 1) await pass(30_000);
  await refused;
});

test('a frame that API Gateway would close the socket for is refused here', async () => {
  const { client, lapse, conversationId } = chat();
  client.connect();
  await settle();
  await expect(client.send(conversationId, '한'.repeat(11_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(lapse.frames.map(({ action }) => action)).not.toContain('send');
});

test('a message that overtook another waits for it, and history is not asked', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  client.connect();
  await settle();
  lapse.pushFault = () => 'hold';
  for (const text of ['1', '2', '3']) lapse.post('bob', conversationId, text);
  lapse.release();
  await settle();
  expect(heard).toEqual(['1', '2', '3']);
  await pass(250);
  expect(lapse.frames.some(({ action }) => action === 'history')).toBe(false);
});

test('a gap is filled from history, page by page', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  client.connect();
  await settle();
  lapse.pageSize = 2;
  lapse.pushFault = () => 'lose';
  for (const text of ['1', '2', '3', '4', '5']) lapse.post('bob', conversationId, text);
  lapse.pushFault = () => 'twice';
  lapse.post('bob', conversationId, '6');
  await settle();
  expect(heard).toEqual([]);
  await pass(250);
  expect(heard).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('what was missed while away arrives after the reconnect, by cursor', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  client.connect();
  await settle();
  lapse.post('bob', conversationId, '1');
  await settle();
  lapse.dropAll();
  await settle();
  lapse.post('bob', conversationId, '2');
  lapse.post('bob', conversationId, '3');
  await pass(250);
  expect(heard).toEqual(['1', '2', '3']);
  const hellos = lapse.frames.filter((frame) => frame.action === 'hello');
  expect(hellos.at(-1)).toMatchObject({ cursors: { [conversationId]: 1 } });
});

test('a push that fan-out missed just after connecting comes with the second hello', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  client.connect();
  await settle();
  lapse.pushFault = () => 'lose';
  lapse.post('bob', conversationId, 'missed');
  await settle();
  expect(heard).toEqual([]);
  await pass(3_000);
  expect(heard).toEqual(['missed']);
});

test.each([
  ['when the app is looked at again', 9],
  ['by the session that replaces this one', 115],
])('a push that got lost later, with none after it, is found %s', async (_when, minutes) => {
  const { client, lapse, conversationId, heard, pass } = chat({}, 86_400);
  client.connect();
  await settle();
  await pass(3_000);
  lapse.pushFault = () => 'lose';
  lapse.post('bob', conversationId, 'missed');
  await pass(9 * 60_000 - 3_000);
  expect(heard).toEqual([]);
  if (minutes === 9) client.wake();
  else for (let each = 9; each < minutes; each += 1) await pass(60_000);
  await settle();
  expect(heard).toEqual(['missed']);
});

test('earlier history comes on demand, before what is known', async () => {
  const { client, lapse, conversationId, heard } = chat();
  for (const text of ['1', '2', '3']) lapse.post('bob', conversationId, text);
  lapse.pageSize = 2;
  client.connect();
  await settle();
  expect(client.messages(conversationId)).toEqual([]);
  expect(await client.loadOlder(conversationId)).toBe(true);
  expect(await client.loadOlder(conversationId)).toBe(false);
  expect(texts(client.messages(conversationId))).toEqual(['1', '2', '3']);
  expect(heard).toEqual([]);
});

test('messages vanish at the instant they expire', async () => {
  const { client, lapse, clock, conversationId, pass } = chat();
  client.connect();
  await settle();
  const expired: string[] = [];
  client.on('expired', (messages) => expired.push(...texts(messages)));
  lapse.post('bob', conversationId, 'early');
  await pass(1_000);
  lapse.post('bob', conversationId, 'late');
  await settle();
  const [early] = client.messages(conversationId);
  await pass((early?.expiresAt ?? 0) * 1000 - clock.now() - 1);
  expect(texts(client.messages(conversationId))).toEqual(['early', 'late']);
  await pass(1);
  expect(expired).toEqual(['early']);
  expect(texts(client.messages(conversationId))).toEqual(['late']);
});

test('where messages are not stored, a gap is passed over', async () => {
  const { client, lapse, conversationId, heard, pass } = chat();
  lapse.stored = false;
  client.connect();
  await settle();
  lapse.pushFault = () => 'lose';
  lapse.post('bob', conversationId, 'lost');
  lapse.pushFault = () => 'none';
  lapse.post('bob', conversationId, 'here');
  await settle();
  await pass(250);
  expect(heard).toEqual(['here']);
});

test('a conversation that somebody else begins is heard from its first message', async () => {
  const { client, lapse, heard, pass } = chat();
  client.connect();
  await settle();
  lapse.create('g-new', ['alice', 'carol']);
  lapse.pushFault = () => 'lose';
  lapse.post('carol', 'g-new', '1');
  lapse.pushFault = () => 'none';
  lapse.post('carol', 'g-new', '2');
  await settle();
  await pass(250);
  expect(heard).toEqual(['1', '2']);
});

test('close rejects what was not sent and opens nothing again', async () => {
  const { client, lapse, conversationId, pass } = chat();
  const refused = expect(client.send(conversationId, 'never')).rejects.toMatchObject({ code: 'CLOSED' });
  client.connect();
  client.close();
  await refused;
  await pass(60_000);
  expect(lapse.tokens).toEqual([]);
  expect(client.state()).toEqual({ name: 'closed' });
});
