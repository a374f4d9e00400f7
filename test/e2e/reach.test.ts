import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import {
  connect,
  type Frame,
  join,
  openDirect,
  type Person,
  text,
  wholeHistory,
} from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

/** Whom the operator lets people open a conversation with, or add to one. */
const isMessage = ({ type }: Frame) => type === 'message';
const codeOf = async (person: Person, action: string, fields: object): Promise<string | undefined> =>
  (await person.call(action, fields)).error?.code;
const withMembers = (kind: string, ...members: readonly string[]) => ({ kind, members });

/** Every row that names them, whatever it says, but when they were last there, which their own sockets write as they end. */
async function namesOf(tables: SystemTables, userId: string): Promise<readonly unknown[]> {
  const rows = [...(await tables.all('CONVERSATION_TABLE')), ...(await tables.all('PERSONAL_TABLE'))];
  return rows.filter(
    (row) =>
      row['entry'] !== 'lastActive' &&
      (JSON.stringify(row).includes(`"${userId}"`) || String(row['entry']).endsWith(`#${userId}`)),
  );
}

describe('those whom a claim of their token names', () => {
  let system: LocalSystem;
  let tables: SystemTables;

  beforeAll(async () => {
    const assemblyFolder = await synthesizedAssembly({ reach: { claim: 'https://app.example/reach' } });
    system = await startTestSystem({ assemblyFolder });
    tables = systemTables(system);
  });
  afterAll(async () => {
    tables?.close();
    await system?.close();
  });

  /** With a token of which the claim is that. */
  async function come(userId: string, reach?: unknown): Promise<Person> {
    const { socket, closed } = await join(system, userId);
    socket.close();
    await closed;
    const claims: object = reach === undefined ? {} : { 'https://app.example/reach': reach };
    return connect(system, userId, await system.token(userId, 60, claims));
  }

  test('are opened with, put into a group and added; anybody else is as far away as nobody', async () => {
    const [alice, bob, carol, dan] = await Promise.all([
      come('alice', ['bob', 'dan']),
      come('bob'),
      come('carol'),
      come('dan'),
    ]);
    const conversationId = await openDirect(alice, 'bob');
    await alice.call('send', { conversationId, content: text('hello bob') });
    await bob.until((pushes) => pushes.some(isMessage));
    const group = await alice.call('open', withMembers('group', 'bob'));
    expect(group).toMatchObject({ type: 'ack', members: ['alice', 'bob'] });
    const added = await alice.call('members', { conversationId: group.conversationId, add: ['dan'] });
    expect(added.members).toEqual(['alice', 'bob', 'dan']);

    const refusals = async (userId: string) => {
      const frames = [
        { id: 'r1', ...withMembers('direct', userId) },
        { id: 'r2', ...withMembers('group', 'bob', userId) },
        // A conversation that is shared is no reason here.
        { id: 'r3', ...withMembers('direct', userId), via: group.conversationId },
      ];
      const replies: Frame[] = [];
      for (const frame of frames) replies.push(await alice.call('open', frame));
      const add = { id: 'r4', conversationId: group.conversationId, add: ['dan', userId] };
      return [...replies, await alice.call('members', add)];
    };
    const before = await namesOf(tables, 'carol');
    const refused = await refusals('carol');
    expect(refused.map(({ error }) => error?.code)).toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND'));
    expect(await refusals('nobody-of-this-name')).toEqual(refused);
    expect(await namesOf(tables, 'carol')).toEqual(before);
    expect(carol.pushes).toEqual([]);
    const { members } = await alice.call('members', { conversationId: group.conversationId });
    expect(members).toEqual(['alice', 'bob', 'dan']);
    for (const { socket } of [alice, bob, carol, dan]) socket.close();
  });

  test('are everybody with `*`; nobody without the claim, or with one that is something else', async () => {
    const [all, target] = await Promise.all([come('erin', '*'), come('frank')]);
    expect(await codeOf(all, 'open', withMembers('direct', 'frank'))).toBeUndefined();
    for (const [index, claim] of [undefined, [], 'frank', ['*'], { frank: true }, [7]].entries()) {
      const other = await come(`other-${index}`, claim);
      expect([claim, await codeOf(other, 'open', withMembers('direct', 'frank'))]).toEqual([
        claim,
        'NOT_FOUND',
      ]);
      other.socket.close();
    }
    for (const { socket } of [all, target]) socket.close();
  });

  test('whoever was reached is answered, and opened with again, whatever one’s own token says', async () => {
    const [grace, heidi] = await Promise.all([come('grace', ['heidi']), come('heidi')]);
    const conversationId = await openDirect(grace, 'heidi');
    await grace.call('send', { conversationId, content: text('hello') });
    expect(await heidi.call('open', withMembers('direct', 'grace'))).toMatchObject({ conversationId });
    expect(await heidi.call('send', { conversationId, content: text('hello yourself') })).toMatchObject({
      seq: 2,
    });
    // To be in one with somebody lets nobody name them in another.
    expect(await codeOf(heidi, 'open', withMembers('group', 'grace'))).toBe('NOT_FOUND');
    expect(await wholeHistory(grace, conversationId)).toHaveLength(2);
    for (const { socket } of [grace, heidi]) socket.close();
  });
});

describe('who shares a conversation with them', () => {
  const systems: LocalSystem[] = [];
  let engine: Awaited<ReturnType<typeof startDynamoDb>>;
  let anyone: LocalSystem;
  let shared: LocalSystem;

  beforeAll(async () => {
    engine = await startDynamoDb({ region: 'eu-west-1' });
    const deploy = async (configuration?: object) => {
      const assemblyFolder = await synthesizedAssembly(configuration);
      const system = await startTestSystem({ assemblyFolder, dynamodbEndpoint: engine.endpoint });
      systems.push(system);
      return system;
    };
    // Somebody has to have brought them together: the operator allows less from now on.
    anyone = await deploy();
    shared = await deploy({ reach: 'shared' });
  });
  afterAll(async () => {
    for (const system of systems) await system.close();
    await engine?.close();
  });

  test('are opened with, put into a group and added; anybody else is as far away as nobody', async () => {
    const [before, ...others] = await Promise.all(
      ['ann', 'ben', 'cat', 'dan'].map((name) => join(anyone, name)),
    );
    if (before === undefined) throw new Error('nobody has come');
    await before.call('open', withMembers('group', 'ben', 'dan'));
    const ann = await connect(shared, 'ann');
    const opened = await ann.call('open', withMembers('direct', 'ben'));
    expect(opened).toMatchObject({ type: 'ack', members: ['ann', 'ben'] });
    const group = await ann.call('open', withMembers('group', 'ben'));
    const { conversationId } = group;
    expect((await ann.call('members', { conversationId, add: ['dan'] })).members).toEqual([
      'ann',
      'ben',
      'dan',
    ]);

    const refusals = async (userId: string) => [
      await ann.call('open', { id: 'r1', ...withMembers('direct', userId) }),
      await ann.call('open', { id: 'r2', ...withMembers('group', 'ben', userId) }),
      await ann.call('members', { id: 'r3', conversationId, add: [userId] }),
    ];
    const refused = await refusals('cat');
    expect(refused.map(({ error }) => error?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await refusals('nobody-of-this-name')).toEqual(refused);
    const tables = systemTables(shared);
    expect(await namesOf(tables, 'cat')).toEqual([]);
    tables.close();
    for (const { socket } of [before, ...others, ann]) socket.close();
  });

  test('by `via` it is that conversation alone: both have to be in it, now', async () => {
    const [eve, fay, gil] = await Promise.all(['eve', 'fay', 'gil'].map((name) => join(anyone, name)));
    if (eve === undefined || fay === undefined || gil === undefined) throw new Error('nobody has come');
    const both = await eve.call('open', withMembers('group', 'fay'));
    const strange = await fay.call('open', withMembers('group', 'gil'));
    const past = await eve.call('open', withMembers('group', 'gil'));
    await gil.call('members', { conversationId: past.conversationId, leave: true });
    const asking = await connect(shared, 'eve');
    const via = async (userId: string, conversationId: string) =>
      codeOf(asking, 'open', { ...withMembers('direct', userId), via: conversationId });
    // They are both in it, the caller is not; the caller is, the other one is not, or no longer.
    expect(await via('gil', strange.conversationId)).toBe('NOT_FOUND');
    expect(await via('gil', both.conversationId)).toBe('NOT_FOUND');
    expect(await via('gil', past.conversationId)).toBe('NOT_FOUND');
    expect(await via('fay', 'g-no-such-conversation')).toBe('NOT_FOUND');
    expect(await via('fay', both.conversationId)).toBeUndefined();
    for (const { socket } of [eve, fay, gil, asking]) socket.close();
  });
});
