import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../infra/local/network/free-port.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import {
  connect,
  type Frame,
  grant,
  join,
  type Person,
  refusedHandshake,
  text,
  wholeHistory,
} from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

/** What an app's server asks of the operator's functions, and what people see of it. */
const senders = {
  support: { nickname: 'Support', avatarUrl: 'https://app.example/support.png' },
  slow: { nickname: 'Slow', messagesPerSecond: 1 },
};
const support = 'bot:support';
let acts = 0;

async function ask(system: LocalSystem, command: string, input: object): Promise<any> {
  acts += 1;
  const { payload }: any = await system.invoke(`admin-${command}`, {
    operator: 'olga',
    input: /erase|show|receipts/.test(command) ? input : { id: `act-${acts}`, ...input },
  });
  return payload.ok ? payload.result : payload;
}

const messagesIn = (person: Person, conversationId: string): readonly Frame[] =>
  person.pushes.filter(
    ({ type, message }) => type === 'message' && message.conversationId === conversationId,
  );
const gets = async (person: Person, conversationId: string, count: number) =>
  person.until(() => messagesIn(person, conversationId).length >= count);

describe('where messages are stored, and people reach nobody', () => {
  let system: LocalSystem;
  let port: number;
  let alice: Person;
  let bob: Person;
  const admin = async (command: string, input: object) => ask(system, command, input);
  const open = async (kind: string, members: readonly string[], more: object = {}) =>
    admin('conversation-open', { by: support, kind, members, ...more });
  const send = async (conversationId: string, words: string, more: object = {}) =>
    admin('message-send', { from: support, conversationId, content: text(words), ...more });

  beforeAll(async () => {
    const assemblyFolder = await synthesizedAssembly({
      senders,
      reach: { claim: 'reach' },
      sensitiveData: 'block',
    });
    port = await freePort(2);
    system = await startTestSystem({ assemblyFolder, port });
    [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  });
  afterAll(async () => {
    await system?.close();
  });

  test('a sender writes to somebody, who sees who it is and answers; the same id is one message', async () => {
    const { conversationId, members } = await open('direct', [support, 'alice']);
    expect(members).toEqual(['alice', support]);
    const first = await send(conversationId, 'How can we help?', { id: 'greeting' });
    expect(first).toMatchObject({ seq: 1, stored: true });
    expect(await send(conversationId, 'How can we help?', { id: 'greeting' })).toEqual({
      ...first,
      duplicate: true,
    });
    await gets(alice, conversationId, 1);
    expect(messagesIn(alice, conversationId)).toMatchObject([{ message: { from: support, seq: 1 } }]);
    expect(await alice.call('profile', { get: [support] })).toMatchObject({
      profiles: [{ userId: support, ...senders.support }],
    });
    expect(await alice.call('send', { conversationId, content: text('It does not work') })).toMatchObject({
      seq: 2,
    });
    expect((await wholeHistory(alice, conversationId)).map(({ from }) => from)).toEqual([support, 'alice']);
    const again = await open('direct', ['alice', support]);
    expect(again).toMatchObject({ conversationId, lastSeq: 2 });
  });

  test('people open with a configured sender and with nobody else; what is none is as far away as nobody', async () => {
    expect(await alice.call('open', { kind: 'direct', members: [support] })).toMatchObject({ type: 'ack' });
    for (const other of ['bot:other', 'bob', 'nobody'])
      expect(await alice.call('open', { kind: 'direct', members: [other] })).toMatchObject({
        error: { code: 'NOT_FOUND' },
      });
  });

  test('nobody comes with the id of a sender', async () => {
    expect(await refusedHandshake(system, ['lapse.v1', await system.token(support)])).toBe(401);
  });

  test('who has not agreed waits: nothing is stored for them before, and nothing is lost of what comes then', async () => {
    const { conversationId, waiting } = await open('direct', [support, 'cora']);
    expect(waiting).toEqual(['cora']);
    expect(await send(conversationId, 'a word too early')).toMatchObject({ error: { code: 'WAITING' } });
    expect(JSON.stringify(await everythingKept(system))).not.toContain('a word too early');
    const cora = await connect(system, 'cora');
    await cora.call('consent', grant);
    cora.socket.close();
    await cora.closed;
    const back = await connect(system, 'cora');
    await back.call('hello', {});
    expect(await send(conversationId, 'a word in time')).toMatchObject({ seq: 1 });
    await gets(back, conversationId, 1);
    const { conversations } = await back.call('hello', {});
    expect(conversations).toMatchObject([{ conversationId, unread: 1 }]);
    back.socket.close();
  });

  test('two people are brought together, of whom neither could reach the other; with nobody there is nothing', async () => {
    const { conversationId, members } = await open('direct', ['alice', 'bob']);
    expect(members).toEqual(['alice', 'bob']);
    await bob.until((pushes) => pushes.some((push) => push.conversationId === conversationId));
    expect(await bob.call('send', { conversationId, content: text('hello') })).toMatchObject({ seq: 1 });
    expect(await send(conversationId, 'not among these two')).toMatchObject({
      error: { code: 'NOT_FOUND', message: expect.stringContaining('is no member') },
    });
    expect(await open('direct', ['dora', 'eve'])).toMatchObject({ error: { code: 'WAITING' } });
  });

  test('a group is opened for others, and its members, roles and title change by events in its order', async () => {
    const { conversationId } = await open('group', ['alice', 'bob', 'fred'], { title: 'Trip' });
    const show = async () => admin('conversation-show', { conversationId });
    expect(await show()).toMatchObject({
      ...{ kind: 'group', memberCount: 2, members: ['alice', 'bob'], waiting: ['fred'], lastSeq: 0 },
      roles: { alice: 'owner' },
    });
    const members = async (act: object) =>
      admin('conversation-members', { by: support, conversationId, ...act });
    expect(await members({ role: { userId: 'bob', role: 'owner' } })).toMatchObject({
      roles: { alice: 'admin', bob: 'owner' },
    });
    expect(await members({ add: [support], id: 'let-in' })).toMatchObject({
      members: ['alice', 'bob', support],
    });
    expect(await members({ add: [support], id: 'let-in' })).toMatchObject({ revision: 2 });
    expect(await send(conversationId, 'Welcome')).toMatchObject({ seq: 3 });
    // The owner goes: whose it is then is told by the same event.
    expect(await members({ remove: ['bob', 'fred'] })).toMatchObject({
      members: ['alice', support],
      roles: { alice: 'owner' },
    });
    expect(await admin('conversation-title', { by: support, conversationId, title: 'Journey' })).toEqual({
      title: 'Journey',
    });
    expect(await members({ close: true })).toMatchObject({ revision: 4 });
    expect(await alice.call('send', { conversationId, content: text('late') })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    const log = await wholeHistory(alice, conversationId);
    expect(log.map(({ seq, from, content }) => [seq, from, content.type])).toEqual([
      [1, support, 'event'],
      [2, support, 'event'],
      [3, support, 'text'],
      [4, support, 'event'],
      [5, support, 'event'],
      [6, support, 'event'],
    ]);
    expect(await show()).toMatchObject({ waiting: [], closedAt: expect.any(Number), lastSeq: 6 });
    const { conversations } = await alice.call('hello', {});
    expect(conversations.find((each: Frame) => each.conversationId === conversationId).title).toBe('Journey');
  });

  test('a sender writes in every room, without watching it', async () => {
    const { conversationId } = await open('room', []);
    await alice.call('watch', { conversationId });
    expect(await send(conversationId, 'The doors are open', { id: 'doors' })).toMatchObject({ seq: 1 });
    expect(await send(conversationId, 'The doors are open', { id: 'doors' })).toMatchObject({
      duplicate: true,
    });
    expect(await send('r-no-such-room', 'hello')).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect((await wholeHistory(alice, conversationId)).map(({ from }) => from)).toEqual([support]);
  });

  test('a message is taken away whoever wrote it, with a receipt; an event is not', async () => {
    const { conversationId } = await open('group', ['alice', 'bob']);
    await bob.call('send', { conversationId, content: text('a word that is to go') });
    await bob.call('send', { conversationId, content: text('a word that stays') });
    await admin('conversation-members', { by: support, conversationId, remove: ['bob'] });
    const { requestId, userId } = await admin('message-erase', { conversationId, seq: 1 });
    expect(userId).toBe('bob');
    await alice.until((pushes) =>
      pushes.some((push) => push.type === 'erased' && push.conversationId === conversationId),
    );
    const kept = JSON.stringify(await everythingKept(system));
    expect([kept.includes('a word that is to go'), kept.includes('a word that stays')]).toEqual([
      false,
      true,
    ]);
    for (;;) {
      const { receipts } = await admin('user-receipts', { userId: 'bob' });
      const receipt = receipts.find((each: any) => each.requestId === requestId);
      if (receipt !== undefined) {
        expect(receipt).toMatchObject({ scope: 'message', seq: 1, requestedBy: 'operator' });
        break;
      }
      await setTimeout(20);
    }
    expect(await admin('message-erase', { conversationId, seq: 1 })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect(await admin('message-erase', { conversationId, seq: 3 })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
  });

  test('what people may not write, the operator may not either; nothing is echoed', async () => {
    const { conversationId } = await open('group', ['alice', 'bob', support]);
    const card = '4111 1111 1111 1111';
    const refusals = [
      await send(conversationId, `pay with ${card}`),
      await admin('conversation-title', { by: support, conversationId, title: card }),
      await open('group', ['alice', 'bob'], { title: card }),
    ];
    expect(refusals.map(({ error }) => error.code)).toEqual(
      Array.from({ length: 3 }, () => 'SENSITIVE_DATA'),
    );
    expect(JSON.stringify(refusals)).not.toContain(card);
    expect(await send(conversationId, 'x'.repeat(40_000))).toMatchObject({ error: { code: 'TOO_LARGE' } });
    const media = { type: 'image', mediaId: 'm-1' };
    expect(await admin('message-send', { from: support, conversationId, content: media })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    expect(
      await admin('message-send', { from: 'bot:other', conversationId, content: text('hi') }),
    ).toMatchObject({
      error: { code: 'UNKNOWN_SENDER', message: 'no such sender: there are bot:support, bot:slow' },
    });
    expect(await admin('message-send', { from: 'alice', conversationId, content: text('hi') })).toMatchObject(
      {
        error: { code: 'INVALID_INPUT' },
      },
    );
  });

  test('each sender has a rate of its own', async () => {
    const { conversationId } = await open('room', []);
    const slowly = async () =>
      admin('message-send', { from: 'bot:slow', conversationId, content: text('now') });
    const codes: string[] = [];
    for (let index = 0; index < 40 && !codes.includes('RATE_LIMITED'); index += 1)
      codes.push((await slowly()).error?.code ?? 'sent');
    expect(codes).toContain('RATE_LIMITED');
    expect(codes.indexOf('RATE_LIMITED')).toBeGreaterThanOrEqual(10);
    expect(await send(conversationId, 'not held up by the other')).toMatchObject({ stored: true });
  });

  test('an announcement reaches everybody of a file once, and later whoever had not agreed', async () => {
    const folder = mkdtempSync(pathOf(tmpdir(), 'lapse-announce-'));
    const file = pathOf(folder, 'users.txt');
    writeFileSync(file, 'alice\nbob\ngina\n');
    const announce = async () => {
      const child = spawn(
        process.execPath,
        [
          ...['admin/main.ts', 'announce', '--from', support, '--text', 'We are back', '--to', file],
          ...['--id', 'back-1', '--port', String(port), '--json'],
        ],
        { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      return JSON.parse(await textOf(child.stdout));
    };
    expect(await announce()).toEqual({ sent: 2, repeated: 0, waiting: 1, refused: {} });
    const gina = await join(system, 'gina');
    await gina.call('hello', {});
    expect(await announce()).toEqual({ sent: 1, repeated: 2, waiting: 0, refused: {} });
    const { conversations } = await gina.call('hello', {});
    expect(conversations).toMatchObject([
      { unread: 1, lastMessage: { from: support, preview: 'We are back' } },
    ]);
    gina.socket.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('who blocks the sender gets nothing of it', async () => {
    const { conversationId } = await open('direct', [support, 'bob']);
    await send(conversationId, 'before');
    await gets(bob, conversationId, 1);
    await bob.call('block', { userId: support, blocked: true });
    await send(conversationId, 'after');
    const texts = (await wholeHistory(bob, conversationId)).map(({ content }: Frame) => content.text);
    expect([texts.includes('before'), texts.includes('after')]).toEqual([true, false]);
  });
});

test('where messages are not stored it is numbered and pushed, with what the configuration says of the sender', async () => {
  const assemblyFolder = await synthesizedAssembly({
    senders,
    messages: { store: false },
    profiles: { store: false },
  });
  const system = await startTestSystem({ assemblyFolder });
  const alice = await join(system, 'alice');
  const { conversationId } = await ask(system, 'conversation-open', {
    ...{ by: support, kind: 'direct', members: [support, 'alice'] },
  });
  const input = { from: support, conversationId, content: text('hello'), id: 'once' };
  expect(await ask(system, 'message-send', input)).toMatchObject({ seq: 1, stored: false });
  await gets(alice, conversationId, 1);
  expect(messagesIn(alice, conversationId)).toMatchObject([
    { message: { from: support, content: text('hello') }, profile: senders.support },
  ]);
  expect(await ask(system, 'message-send', input)).toMatchObject({ seq: 1, duplicate: true });
  alice.socket.close();
  await system.close();
});
