import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, grant, join, openDirect, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
const log: string[] = [];
beforeAll(async () => {
  system = await startTestSystem({ onLog: (_name, line) => void log.push(line) });
});
afterAll(() => system?.close());

test('without consent hello, consent and ping work, and everything else is refused before it is looked at', async () => {
  const alice = await connect(system, 'alice');
  expect(await alice.call('hello')).toMatchObject({
    userId: 'alice',
    consent: { state: 'none', policyVersion: '1' },
  });
  expect(await alice.call('hello')).not.toHaveProperty('conversations');
  expect(await alice.call('ping')).toMatchObject({ type: 'ack' });
  for (const action of ['open', 'send', 'history', 'conversations', 'nonsense']) {
    expect(await alice.call(action, { what: 'ever' })).toMatchObject({ error: { code: 'CONSENT_REQUIRED' } });
  }
});

test.each([
  ['an older policy', { policyVersion: '0' }, 'CONSENT_STALE'],
  ['below the age', { birthDate: '2020-01-01' }, 'AGE_NOT_MET'],
  ['a band across the age', { birthDate: undefined, ageBand: [13, 15] }, 'AGE_NOT_MET'],
  ['a jurisdiction that is not listed', { jurisdiction: 'ZZ' }, 'JURISDICTION_UNKNOWN'],
  ['no date', { birthDate: undefined }, 'INVALID_FRAME'],
  ['a date in the future', { birthDate: '2999-01-01' }, 'INVALID_FRAME'],
  ['a date that is none', { birthDate: '1990-02-30' }, 'INVALID_FRAME'],
  ['a date and a band', { ageBand: [18, 30] }, 'INVALID_FRAME'],
  ['no decision', { decision: undefined }, 'INVALID_FRAME'],
])('%s: refused, and nothing is granted', async (_name, changed, code) => {
  const bob = await connect(system, 'bob');
  expect(await bob.call('consent', { ...grant, ...changed })).toMatchObject({ error: { code } });
  expect(await bob.call('hello')).toMatchObject({ consent: { state: 'none' } });
  bob.socket.close();
});

test('who was too young stays so on every socket, until the operator vouches for them', async () => {
  const hugo = await connect(system, 'hugo');
  const young = { ...grant, birthDate: `${new Date().getUTCFullYear() - 11}-01-01` };
  expect(await hugo.call('consent', young)).toMatchObject({ error: { code: 'AGE_NOT_MET' } });
  const phone = await connect(system, 'hugo');
  for (const socket of [hugo, phone])
    expect(await socket.call('consent', grant)).toMatchObject({ error: { code: 'AGE_NOT_MET' } });
  const record = async (age: object) => {
    const input = { userId: 'hugo', policyVersion: '1', jurisdiction: 'KR', ...age };
    const { payload }: any = await system.invoke('admin-consent-record', { operator: 'olga', input });
    return payload;
  };
  expect(await record({ birthDate: grant.birthDate })).toMatchObject({ error: { code: 'AGE_NOT_MET' } });
  expect(await record({ ageMet: true, ageAttested: true })).toMatchObject({
    error: { code: 'INVALID_INPUT' },
  });
  expect(await record({ ageAttested: true })).toMatchObject({
    result: { state: 'granted', entries: [{ ageDecidedBy: 'attested' }] },
  });
  expect(await (await connect(system, 'hugo')).call('conversations')).toMatchObject({ conversations: [] });
});

test('the operator withdraws as the user could: every socket gets bye and is cut', async () => {
  const ida = await join(system, 'ida');
  const input = { userId: 'ida' };
  const { payload }: any = await system.invoke('admin-consent-withdraw', { operator: 'olga', input });
  expect(payload).toMatchObject({ ok: true, result: { state: 'withdrawn' } });
  await ida.closed;
  expect(ida.pushes.at(-1)).toEqual({ type: 'bye', reason: 'CONSENT_WITHDRAWN', reconnect: false });
  const back = await connect(system, 'ida');
  expect(await back.call('hello')).toMatchObject({ consent: { state: 'withdrawn' } });
});

test('consent takes effect with the next connection', async () => {
  const carol = await connect(system, 'carol');
  expect(await carol.call('consent', grant)).toMatchObject({ state: 'granted' });
  expect(await carol.call('hello')).toMatchObject({ consent: { state: 'granted' } });
  expect(await carol.call('conversations')).toMatchObject({ error: { code: 'CONSENT_REQUIRED' } });
  carol.socket.close();
  expect(await (await connect(system, 'carol')).call('conversations')).toMatchObject({ conversations: [] });
});

test('the birth date is in no table and no log', async () => {
  await join(system, 'dave');
  const client = new DynamoDBClient({
    endpoint: system.dynamodbEndpoint,
    region: system.region,
    credentials: system.credentials,
  });
  const db = DynamoDBDocumentClient.from(client);
  const tables = Object.entries(system.tableNames).filter(([name]) => name.endsWith('_TABLE'));
  const items = await Promise.all(
    tables.map(async ([, TableName]) => (await db.send(new ScanCommand({ TableName }))).Items),
  );
  const everything =
    JSON.stringify(items, (_key, value) => (value instanceof Set ? [...value] : value)) + log.join('\n');
  expect(everything).toContain('dave');
  expect(everything).not.toContain('1990');
  expect(everything).not.toContain('05-17');
  client.destroy();
});

test('withdrawal is acked, says bye on every open socket and cuts it', async () => {
  const erin = await join(system, 'erin');
  const phone = await connect(system, 'erin');
  const frank = await join(system, 'frank');
  const conversationId = await openDirect(erin, 'frank');
  const send = async (words: string) => frank.call('send', { conversationId, content: text(words) });
  expect(await send('before')).toMatchObject({ seq: 1 });
  await erin.until((pushes) => pushes.some(({ type }) => type === 'message'));
  const waiting = { code: 'WAITING', retryable: true };
  expect(await erin.call('consent', { decision: 'withdraw' })).toMatchObject({
    type: 'ack',
    state: 'withdrawn',
  });
  await Promise.all([erin.closed, phone.closed]);
  for (const device of [erin, phone]) {
    expect(device.pushes.at(-1)).toEqual({ type: 'bye', reason: 'CONSENT_WITHDRAWN', reconnect: false });
  }
  const back = await connect(system, 'erin');
  expect(await back.call('hello')).toMatchObject({ consent: { state: 'withdrawn' } });
  expect(await back.call('history', { conversationId })).toMatchObject({
    error: { code: 'CONSENT_REQUIRED' },
  });
  // The other's data and messages stay; nothing new is taken for the one who has left, nor goes near them.
  expect(await send('still here')).toMatchObject({ error: waiting });
  expect(await frank.call('history', { conversationId })).toMatchObject({
    lastSeq: 1,
    messages: [{ seq: 1 }],
  });
  expect(back.pushes).toEqual([]);
});

test('consent granted anew brings the conversations back', async () => {
  const gina = await join(system, 'gina');
  const conversationId = await openDirect(gina, 'frank');
  await gina.call('consent', { decision: 'withdraw' });
  await gina.closed;
  const again = await join(system, 'gina');
  expect(await again.call('send', { conversationId, content: text('back') })).toMatchObject({ seq: 1 });
});
