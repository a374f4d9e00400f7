import { readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { lastingConfiguration } from '../support/lasting-configuration.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type RawItem, rawTables } from '../support/raw-tables.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const fixtures = path(import.meta.dirname, '..', 'fixtures');
const releases = readdirSync(fixtures).filter((name) => name.startsWith('data-'));
const assembly = synthesizedAssembly(lastingConfiguration);

/** What a release after this one may add: this one has to read on when it is deployed again. */
const fromTomorrow = { attributeOfTomorrow: { M: { of: { S: 'a later release' } } } };

test('there is data of a release to read', () => {
  expect(releases).toContain('data-0.1');
});

describe.each(
  releases.flatMap((release) => [
    { release, also: 'as it was written', added: {} },
    { release, also: 'with attributes that this release does not know', added: fromTomorrow },
  ]),
)('$release, $also', ({ release, added }) => {
  let system: LocalSystem;
  let alice: Person;
  let bob: Person;
  let conversations: readonly any[];

  beforeAll(async () => {
    system = await startTestSystem({ assemblyFolder: await assembly });
    const { put } = rawTables(system);
    for (const file of readdirSync(path(fixtures, release))) {
      const tableName = system.tableNames[file.replace('.json', '')] ?? '';
      const items: readonly RawItem[] = JSON.parse(readFileSync(path(fixtures, release, file), 'utf8'));
      for (const item of items) await put(tableName, { ...item, ...added });
    }
    alice = await connect(system, 'alice');
    bob = await connect(system, 'bob');
  });
  afterAll(() => system?.close());

  const directOf = () => conversations.find(({ kind }) => kind === 'direct').conversationId;
  const groupOf = () => conversations.find(({ kind }) => kind === 'group').conversationId;

  test('hello and conversations: consent stands, and everything is there', async () => {
    const hello = await alice.call('hello');
    expect(hello).toMatchObject({ consent: { state: 'granted' } });
    conversations = hello.conversations;
    expect(await alice.call('conversations')).toMatchObject({ conversations });
    const byKind = new Map(conversations.map(({ kind, ...rest }) => [kind, rest]));
    expect([...byKind.keys()].toSorted()).toEqual(['direct', 'group']);
    expect(byKind.get('direct')).toMatchObject({
      members: [{ userId: 'alice' }, { userId: 'bob' }],
      lastSeq: 4,
    });
    expect(byKind.get('group')).toMatchObject({ title: 'Saturday', lastSeq: 1, unread: 1 });
  });

  test('history', async () => {
    expect(
      (await wholeHistory(bob, directOf())).map(({ content, from, seq }) => [
        seq,
        from,
        content.type === 'text' ? content.text : content.type,
      ]),
    ).toEqual([
      [1, 'alice', 'this is m-1'],
      [2, 'alice', 'this is m-2'],
      [3, 'alice', 'this is m-3'],
      [4, 'bob', 'an answer'],
    ]);
    const [message] = await wholeHistory(bob, groupOf());
    expect(message).toMatchObject({ id: 'm-4', mentions: ['carol'], content: { text: 'hello all' } });
  });

  test('send: a repeat is known again, and the numbers go on', async () => {
    const repeat = { id: 'm-2', conversationId: directOf(), content: text('this is m-2') };
    expect(await alice.call('send', repeat)).toMatchObject({ seq: 2, duplicate: true });
    const next = { conversationId: directOf(), content: text('now') };
    expect(await alice.call('send', next)).toMatchObject({ type: 'ack', seq: 5 });
    await bob.until((pushes) => pushes.some(({ message }) => message?.seq === 5));
  });

  test('open: the same two have the same conversation', async () => {
    const opened = await bob.call('open', { kind: 'direct', members: ['alice'] });
    expect(opened).toMatchObject({ conversationId: directOf(), lastSeq: 5 });
  });

  test('profile', async () => {
    expect(await bob.call('profile', { get: ['alice'] })).toMatchObject({
      profiles: [{ userId: 'alice', nickname: 'Alice', signature: 'here' }],
    });
    const set = { signature: 'there' };
    expect(await alice.call('profile', { set })).toMatchObject({
      profiles: [{ nickname: 'Alice', signature: 'there', visibility: { signature: 'contacts' } }],
    });
  });

  test('consent: who has withdrawn is still out, and who has agreed may withdraw', async () => {
    const dave = await connect(system, 'dave');
    expect(await dave.call('hello')).toMatchObject({ consent: { state: 'withdrawn' } });
    expect(await dave.call('conversations')).toMatchObject({ error: { code: 'CONSENT_REQUIRED' } });
    expect(await bob.call('consent', { decision: 'withdraw' })).toMatchObject({ state: 'withdrawn' });
    await bob.closed;
  });

  test('the schedules and the commands', async () => {
    for (const name of ['expire-connections', 'purge'])
      expect(await system.schedules.fire(name)).toMatchObject({ ok: true });
    const asked: readonly [string, object, object][] = [
      ['admin-consent-show', { userId: 'dave' }, { state: 'withdrawn' }],
      ['admin-purge-status', {}, { withinBound: true }],
      ['admin-retention-preview', { retentionSeconds: 86_400 }, { complete: true }],
    ];
    for (const [name, input, result] of asked)
      expect(await system.invoke(name, { operator: 'test', input })).toMatchObject({
        payload: { ok: true, result },
      });
  });
});
