import assert from 'node:assert/strict';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { grant, text } from '../../support/chat-person.ts';
import { tokenOfBytes } from '../../support/token-of-bytes.ts';
import { openSocket } from '../chat/connected-person.ts';
import type { DeployedChat } from '../chat/deployed-chat.ts';
import { askAuthorizer, type InvokedPerson, openByEvents } from '../chat/invoked-person.ts';
import type { DeployRun } from '../deploy-run.ts';

const week = 604_800;
/** Old enough to be called gone when API Gateway does not know the connection. */
const longAgo = () => Date.now() - 60_000;

export type Chatted = { readonly alice: InvokedPerson; readonly conversationId: string };

/** Each function through the Lambda API, with what it leaves in the deployed tables. */
export async function checkChat(
  { runner: { check }, aws, stacks, tables }: DeployRun,
  chat: DeployedChat,
): Promise<Chatted> {
  await check('authorize: a bad token and an expired one are refused with 401', async () => {
    for (const token of ['abc', await chat.issuer.token('alice', -1)])
      assert.deepEqual(await askAuthorizer(chat, token), { allowed: false, status: 401 });
  });
  await check('authorize: tokens of 4 and of 8 kB are taken, however their header is written', async () => {
    for (const bytes of [4_096, 8_192]) {
      const token = await tokenOfBytes(chat.issuer, 'alice', bytes);
      for (const protocol of ['Sec-WebSocket-Protocol', 'sec-websocket-protocol'] as const)
        assert((await askAuthorizer(chat, token, undefined, protocol)).allowed);
    }
  });
  await check('connect: a socket opens with its header in lower case, as Node.js writes it', async () => {
    const { socket, closed } = await openSocket(chat, 'alice', 60, 'sec-websocket-protocol');
    socket.close();
    await closed;
  });
  const alone = await openByEvents(chat, 'alice');
  await check('connect: who is connected is in the table', async () => {
    const rows = await tables.all('Connections');
    assert(rows.some(({ userId }) => userId === 'alice'));
  });
  await check('hello: consent is none, and nothing else works without it', async () => {
    assert.partialDeepStrictEqual(await alone.call('hello'), { consent: { state: 'none' } });
    const refused = await alone.call('open', { kind: 'direct', members: ['bob'] });
    assert.partialDeepStrictEqual(refused, { error: { code: 'CONSENT_REQUIRED' } });
  });
  await check('consent: the decision is in the ledger, the birth date is not', async () => {
    assert.partialDeepStrictEqual(await alone.call('consent', grant), { state: 'granted' });
    const ledger = await tables.all('Consents');
    assert.partialDeepStrictEqual(ledger, [{ userId: 'alice', decision: 'granted', jurisdiction: 'KR' }]);
    assert(!JSON.stringify(ledger).includes(grant.birthDate));
  });
  await check('disconnect: the connection is out of the table', async () => {
    await alone.disconnect();
    assert(!JSON.stringify(await tables.all('Connections')).includes(alone.connectionId));
  });

  const alice = await openByEvents(chat, 'alice', { connectedAt: longAgo() });
  await consented(chat, 'bob');
  const bob = await openByEvents(chat, 'bob', { connectedAt: longAgo() });
  const socket = await openSocket(chat, 'bob');
  const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  const frame = { conversationId, content: text('deployed') };
  await check('open: head and members are in the table', async () => {
    // The secret that direct ids are made under lies there too, under no conversation's id.
    const rows = (await tables.all('Conversations')).filter(
      (row) => row['conversationId'] === conversationId,
    );
    assert.deepEqual(rows.map(({ entry }) => entry).toSorted(), ['head', 'member#alice', 'member#bob']);
  });
  await check('send: acked, stored for the retention, and noted by its id alone', async () => {
    const ack = await alice.repeat('m1', 'send', frame);
    assert.partialDeepStrictEqual(ack, { type: 'ack', seq: 1, stored: true });
    assert.equal(ack.expiresAt, Math.floor(ack.sentAt / 1000) + week);
    assert.partialDeepStrictEqual(await tables.all('Messages'), [{ conversationId, seq: 1, from: 'alice' }]);
    assert(!JSON.stringify(await tables.all('Sends')).includes('deployed'));
  });
  await check(
    'send: the push arrives at a socket by @connections, under the role of the function',
    async () => {
      assert.partialDeepStrictEqual(await socket.next(), {
        type: 'message',
        message: { seq: 1, from: 'alice' },
      });
    },
  );
  await check('send: a connection that API Gateway does not know is dropped', async () => {
    assert(!JSON.stringify(await tables.all('Connections')).includes(bob.connectionId));
  });
  await check('send: a repeat gets the first answer and stores nothing', async () => {
    assert.partialDeepStrictEqual(await alice.repeat('m1', 'send', frame), { seq: 1, duplicate: true });
    assert.equal((await tables.all('Messages')).length, 1);
  });
  await check('history: the other member reads it, a stranger is told nothing', async () => {
    const page = await bob.call('history', { conversationId });
    assert.partialDeepStrictEqual(page, { messages: [{ seq: 1, content: text('deployed') }], lastSeq: 1 });
    await consented(chat, 'mallory');
    const mallory = await openByEvents(chat, 'mallory');
    const refused = await mallory.call('history', { conversationId });
    assert.partialDeepStrictEqual(refused, { error: { code: 'NOT_FOUND' } });
  });
  await check('profile: set by one, seen by the other', async () => {
    await alice.call('profile', { set: { nickname: 'Alice' } });
    const { profiles } = await bob.call('profile', { get: ['alice'] });
    assert.deepEqual(profiles, [{ userId: 'alice', nickname: 'Alice' }]);
  });
  await check('conversations, ping and an unknown action', async () => {
    assert.partialDeepStrictEqual(await bob.call('conversations'), { conversations: [{ conversationId }] });
    assert.partialDeepStrictEqual(await bob.call('ping'), { type: 'ack' });
    assert.partialDeepStrictEqual(await bob.call('dance'), { error: { code: 'UNKNOWN_ACTION' } });
  });
  await check('IAM is enforced: without its policy a function may read nothing', async () => {
    const policy = stacks.resources.find(
      ({ type, logicalId }) => type === 'AWS::IAM::Policy' && /^HistoryRole/.test(logicalId),
    );
    const RoleName = String([policy?.properties['Roles']].flat()[0]);
    const PolicyName = String(policy?.properties['PolicyName']);
    await aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    const refused = await bob.call('history', { conversationId });
    const PolicyDocument = JSON.stringify(policy?.properties['PolicyDocument']);
    await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    assert.partialDeepStrictEqual(refused, { error: { code: 'INTERNAL' } });
    assert.partialDeepStrictEqual(await bob.call('history', { conversationId }), { lastSeq: 1 });
  });
  socket.socket.close();
  await socket.closed;
  return { alice, conversationId };
}

async function consented(chat: DeployedChat, userId: string): Promise<void> {
  const person = await openByEvents(chat, userId);
  await person.call('consent', grant);
  await person.disconnect();
}
