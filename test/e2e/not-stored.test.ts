import { randomBytes } from 'node:crypto';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, grant, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { holdGrounds } from '../support/operator-holds.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const canary = (kind: string) => `canary${kind}${randomBytes(6).toString('hex')}`;

const combinations = [true, false].flatMap((messages) =>
  [true, false].map((profiles) => ({ messages, profiles })),
);

describe.each(combinations)('messages stored: $messages, profiles stored: $profiles', (stored) => {
  const message = canary('message');
  const profile = canary('profile');
  // Looks like a card too, so that what is counted about it is searched as well.
  const words = `${message}: 4111 1111 1111 1111`;
  const claims = { nickname: profile, picture: `https://pictures.example/${profile}.png` };
  const fields = { nickname: profile, avatarUrl: claims.picture, signature: `signed ${profile}` };
  const log: string[] = [];
  const errors: Frame[] = [];
  let system: LocalSystem;
  let alice: Person;
  let bob: Person;
  let conversationId: string;
  let groupId: string;

  beforeAll(async () => {
    system = await startTestSystem({
      onLog: (name, line) => void log.push(`${name} ${line}`),
      assemblyFolder: await synthesizedAssembly({
        messages: { store: stored.messages },
        profiles: { store: stored.profiles },
        sensitiveData: 'flag',
      }),
    });
    bob = await join(system, 'bob');
    const token = await system.token('alice', 60, claims);
    const before = await connect(system, 'alice', token);
    await before.call('consent', grant);
    before.socket.close();
    alice = await connect(system, 'alice', token);
    conversationId = await openDirect(alice, 'bob');
  });
  afterAll(() => system?.close());

  const send = async (fromWhom: Person, more: object = {}): Promise<Frame> =>
    fromWhom.call('send', { conversationId, content: text(words), ...more });
  const pushesOf = (id: string) => bob.pushes.filter((push) => push.message?.id === id);

  test('a message reaches who is connected, and its ack says whether it is stored', async () => {
    const ack = await send(alice, { id: 'first' });
    expect(ack).toMatchObject({ type: 'ack', seq: 1, stored: stored.messages, flagged: true });
    await bob.until(() => pushesOf('first').length > 0);
    const { sentAt, expiresAt } = ack;
    expect(pushesOf('first')).toEqual([
      {
        type: 'message',
        message: {
          conversationId,
          seq: 1,
          id: 'first',
          from: 'alice',
          sentAt,
          expiresAt,
          content: text(words),
        },
        ...(!stored.profiles && { profile: { nickname: profile, avatarUrl: claims.picture } }),
      },
    ]);
  });

  test('a hold says what of a user it can keep', async () => {
    const target = { kind: 'user', userId: 'erin' };
    const held: any = await system.invoke('admin-hold', {
      input: { ...target, ...holdGrounds, allowUnknown: true },
    });
    expect(held.payload.result).toMatchObject({
      state: 'placing',
      keeps: [...(stored.messages ? ['messages'] : []), ...(stored.profiles ? ['profile'] : [])],
    });
    expect(await system.invoke('apply-holds', { Records: [{ body: JSON.stringify(target) }] })).toMatchObject(
      { ok: true },
    );
  });

  test('hello says what is stored', async () => {
    const { retention } = await bob.call('hello');
    expect(retention).toMatchObject({
      messages: { stored: stored.messages },
      profiles: { stored: stored.profiles },
    });
  });

  test('a repeat is acked with the first result and pushes nothing more', async () => {
    const first = await send(alice, { id: 'again' });
    expect(await send(alice, { id: 'again' })).toEqual({ ...first, duplicate: true });
    expect(await send(alice, { id: 'again' })).toEqual({ ...first, duplicate: true });
    await send(alice, { id: 'after' });
    await bob.until(() => pushesOf('after').length > 0);
    expect(pushesOf('again')).toHaveLength(1);
  });

  test('numbers stay dense, whoever sends at once, and over a reconnect', async () => {
    const known = (await bob.call('hello')).conversations[0].lastSeq;
    const acks = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => send(index % 2 === 0 ? alice : bob)),
    );
    const seqs = acks.map(({ seq }) => seq).toSorted((one, other) => one - other);
    expect(seqs).toEqual(Array.from({ length: 10 }, (_, index) => known + 1 + index));
    bob.socket.terminate();
    await bob.closed;
    await send(alice);
    bob = await join(system, 'bob');
    const hello = await bob.call('hello', { cursors: { [conversationId]: known + 10 } });
    expect(hello.conversations).toMatchObject([{ conversationId, lastSeq: known + 11 }]);
    await send(alice, { id: 'resumed' });
    await bob.until(() => pushesOf('resumed').length > 0);
    expect(pushesOf('resumed')).toMatchObject([{ message: { seq: known + 12 } }]);
  });

  test('history is there only where messages are stored', async () => {
    const page = await bob.call('history', { conversationId, limit: 1 });
    if (stored.messages) {
      expect(page).toMatchObject({ messages: [{ content: text(words) }] });
      expect(page.messages[0]).not.toHaveProperty('profile');
      return;
    }
    expect(page).toMatchObject({ type: 'error', error: { code: 'NOT_STORED', retryable: false } });
    errors.push(page);
  });

  test('media can be sent only where messages are stored', async () => {
    const mediaId = 'A'.repeat(24);
    const sha256 = `${'A'.repeat(43)}=`;
    const described = { kind: 'file', contentType: 'application/pdf', bytes: 1, sha256 };
    const replies = [
      await alice.call('upload', { conversationId, ...described }),
      await alice.call('download', { conversationId, seq: 1 }),
      await alice.call('send', { conversationId, content: { type: 'file', mediaId } }),
    ];
    const codes = replies.map(({ error }) => error?.code);
    expect(codes).toEqual(
      stored.messages
        ? [undefined, 'NOT_FOUND', 'MEDIA_MISMATCH']
        : ['NOT_STORED', 'NOT_STORED', 'NOT_STORED'],
    );
  });

  test('a profile can be set and read only where profiles are stored', async () => {
    const replies = [
      await alice.call('profile', { set: fields }),
      await bob.call('profile', { get: ['alice'] }),
    ];
    for (const reply of replies) {
      if (stored.profiles) expect(reply).toMatchObject({ profiles: [{ userId: 'alice', ...fields }] });
      else expect(reply).toMatchObject({ type: 'error', error: { code: 'NOT_STORED', retryable: false } });
    }
    if (!stored.profiles) errors.push(...replies);
  });

  test('what was pushed when the function died is pushed again by its repeat, under the same number', async () => {
    system.gateway.faults.set({ kind: 'drop' }, { times: 1 });
    alice.sendRaw(JSON.stringify({ action: 'send', id: 'died', conversationId, content: text(words) }));
    await bob.until(() => pushesOf('died').length > 0);
    system.pool.kill('send');
    await alice.until((pushes) => pushes.some(({ connectionId }) => connectionId !== undefined));
    const ack = await send(alice, { id: 'died' });
    expect(ack).toMatchObject({ duplicate: true, seq: pushesOf('died')[0].message.seq });
    if (stored.messages) return;
    await bob.until(() => pushesOf('died').length > 1);
    expect(pushesOf('died')[1]).toEqual(pushesOf('died')[0]);
  });

  test('nothing of it is in an error', async () => {
    const calls: [string, object][] = [
      ['send', { conversationId, content: text(words), extra: words }],
      ['send', { conversationId: `d-${'x'.repeat(32)}`, content: text(words) }],
      ['send', { conversationId, content: text(words.repeat(500)) }],
      ['profile', { set: { nickname: profile.repeat(10) } }],
      ['profile', { set: { avatarUrl: `http://${profile}.example` } }],
      ['profile', { get: [`${profile} with a blank`] }],
      [words, { text: words, name: profile }],
    ];
    for (const [action, frame] of calls) errors.push(await alice.call(action, frame));
    alice.sendRaw(`${words} ${profile}`);
    await alice.until((pushes) => pushes.some(({ type, id }) => type === 'error' && id === null));
    errors.push(...alice.pushes.filter(({ type }) => type !== 'message'));
    expect(errors.every(({ type, connectionId }) => type === 'error' || connectionId !== undefined)).toBe(
      true,
    );
    expect(errors.length).toBeGreaterThan(8);
    for (const marker of [message, profile]) expect(JSON.stringify(errors)).not.toContain(marker);
  });

  test('the title of a group is kept where profiles are, and shown to its members', async () => {
    const group = await alice.call('open', { kind: 'group', members: ['bob'], title: profile });
    expect(group).toMatchObject({ type: 'ack' });
    groupId = group.conversationId;
    const passed = () => bob.pushes.filter(({ type }) => type === 'opened');
    await bob.until(() => passed().length > 0);
    const { conversations } = await bob.call('conversations');
    const shown = conversations.find((each: Frame) => each.conversationId === group.conversationId);
    expect(shown?.title).toBe(stored.profiles ? profile : undefined);
    // Where it is not kept it passes to who is connected, and to nobody else; where it is, who is told of the group asks for it.
    const { conversationId: id } = group;
    const opened = {
      conversationId: id,
      kind: 'group',
      members: ['alice', 'bob'],
      lastSeq: 0,
      ...(!stored.profiles && { title: profile }),
    };
    expect(passed()).toEqual([{ type: 'opened', ...opened }]);
    expect(alice.pushes.filter(({ type }) => type === 'opened')).toEqual([]);
  });

  test('an export has in it what is stored, and nothing of what is not', async () => {
    const files = await ownExport(alice);
    const texts = Object.entries(files).map(([name, bytes]) => [name, textOf(bytes)] as const);
    const filesWith = (marker: string) =>
      texts.filter(([, text]) => text.includes(marker)).map(([name]) => name);
    const written = `messages/${conversationId}`;
    expect(filesWith(message)).toEqual(stored.messages ? [`${written}.jsonl`, `${written}/1.html`] : []);
    expect(filesWith(profile).toSorted()).toEqual(
      stored.profiles
        ? [
            'conversations.jsonl',
            'index.html',
            ...(stored.messages ? [`messages/${groupId}/1.html`] : []),
            'profile.json',
          ]
        : [],
    );
    expect(filesWith(conversationId)).toContain('conversations.jsonl');
    expect(filesWith('"granted"')).toEqual(['consent.json']);
    const { notExported } = JSON.parse(textOf(files['about.json']));
    const answer = (isStored: boolean) => (isStored ? undefined : 'not stored by this service');
    expect([notExported.messages, notExported.mediaObjects, notExported.profiles]).toEqual(
      [stored.messages, stored.messages, stored.profiles].map(answer),
    );
  });

  test('what cannot be pushed is retried by its ids, or not at all', async () => {
    system.gateway.faults.set({ kind: 'error' });
    const { seq } = await send(alice, { id: 'unpushed' });
    const waiting = (await everythingKept(system)).filter(
      ({ where, text: body }) => where.startsWith('queue') && body.includes(conversationId),
    );
    system.gateway.faults.clear();
    if (!stored.messages) {
      expect(waiting).toEqual([]);
      return;
    }
    expect(waiting.map(({ text: body }) => body).join('')).toContain(`\\"seq\\":${seq}`);
    await bob.until(() => pushesOf('unpushed').length > 0);
  });

  test('of what is not stored nothing is kept anywhere; of what is, only its own table', async () => {
    system.gateway.faults.set({ kind: 'error' });
    await send(alice, { id: 'last' });
    const kept = await everythingKept(system);
    system.gateway.faults.clear();
    const placesOf = (marker: string) => [
      ...new Set(kept.filter((each) => each.text.includes(marker)).map(({ where }) => where)),
    ];
    const tableOf = (name: string) => `table ${system.tableNames[name]}`;
    expect(placesOf(message)).toEqual(stored.messages ? [tableOf('MESSAGE_TABLE')] : []);
    expect(placesOf(profile)).toEqual(stored.profiles ? [tableOf('PROFILE_TABLE')] : []);
    expect(kept.filter(({ where }) => where === tableOf('SEND_TABLE')).length).toBeGreaterThan(10);
    for (const { where, text: item } of kept.filter(({ where }) => where === tableOf('SEND_TABLE'))) {
      const { userId, sendKey, claimedAt, expiresAt, endsAt, seq, sentAt, pushed, ...rest } =
        JSON.parse(item);
      expect([where, rest]).toEqual([where, {}]);
      expect(sendKey).toMatch(/^d-[\w-]{32}#[\w-]+$/);
    }
  });

  test('nothing of it is in a log, where the findings are counted by kind', () => {
    const lines = log.join('\n');
    for (const marker of [message, profile, '4111 1111', '41111111']) expect(lines).not.toContain(marker);
    expect(lines).toContain('"kind":"payment-card","policy":"flag","SensitiveData":1');
    expect(lines).toContain('"code":"INVALID_FRAME"');
  });
});
