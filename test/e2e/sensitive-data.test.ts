import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const card = '4111 1111 1111 1111';
const cpf = '529.982.247-25';

type World = { system: LocalSystem; alice: Person; bob: Person; conversationId: string; log: string[] };

async function start(configuration: object, claims: object = {}): Promise<World> {
  const log: string[] = [];
  const system = await startTestSystem({
    onLog: (name, line) => void log.push(`${name} ${line}`),
    assemblyFolder: await synthesizedAssembly({
      sensitiveData: 'block',
      nationalIdCountries: ['BR'],
      ...configuration,
    }),
  });
  const bob = await join(system, 'bob');
  (await join(system, 'alice')).socket.close();
  const alice = await connect(system, 'alice', await system.token('alice', 60, claims));
  return { system, alice, bob, conversationId: await openDirect(alice, 'bob'), log };
}

describe('blocked', () => {
  let world: World;
  beforeAll(async () => {
    world = await start({});
  });
  afterAll(() => world?.system.close());

  test.each([`my card: ${card}`, 'DE89 3704 0044 0532 0130 00', cpf])(
    'a message with %s is refused: not stored, not pushed, not numbered',
    async (words) => {
      const { alice, bob, conversationId } = world;
      const call = async (content: object, id: string) => alice.call('send', { id, conversationId, content });
      const refused = await call(text(words), 'tried');
      expect(refused).toMatchObject({ type: 'error', error: { code: 'SENSITIVE_DATA', retryable: false } });
      expect(JSON.stringify(refused)).not.toContain(words);
      const before = bob.pushes.length;
      const ack = await call(text('hello'), `after-${before}`);
      expect(ack).toMatchObject({ type: 'ack', seq: before + 1 });
      expect(ack).not.toHaveProperty('flagged');
      await bob.until((pushes) => pushes.length > before);
      expect(bob.pushes.slice(before)).toMatchObject([{ message: { content: text('hello') } }]);
    },
  );

  test.each(['nickname', 'signature'])('a profile with a card in its %s is refused whole', async (field) => {
    const { alice } = world;
    const refused = await alice.call('profile', { set: { avatarUrl: 'https://a.example/', [field]: card } });
    expect(refused).toMatchObject({ error: { code: 'SENSITIVE_DATA' } });
    expect((await alice.call('profile', { get: ['alice'] })).profiles).toEqual([{ userId: 'alice' }]);
  });

  test('a group with a card in its title is not opened', async () => {
    const { alice } = world;
    const group = { kind: 'group', members: ['bob', 'carol'], title: `pay ${card}` };
    expect(await alice.call('open', group)).toMatchObject({ error: { code: 'SENSITIVE_DATA' } });
    expect((await alice.call('hello')).conversations.map((each: { kind: string }) => each.kind)).toEqual([
      'direct',
    ]);
  });

  test('nothing of it is kept or logged but a count of its kind', async () => {
    const kept = await everythingKept(world.system);
    const everything = [...kept.map((each) => each.text), ...world.log].join('\n');
    for (const value of [card, cpf, 'DE89']) expect(everything).not.toContain(value);
    expect(everything).not.toContain('tried');
    for (const kind of ['payment-card', 'bank-account', 'national-id'])
      expect(everything).toContain(`"kind":"${kind}","policy":"block","SensitiveData":1`);
  });
});

test('a name in the token that would be blocked is not passed on', async () => {
  const picture = 'https://pictures.example/a.png';
  const world = await start({ profiles: { store: false } }, { nickname: card, picture });
  const { alice, bob, conversationId } = world;
  try {
    await alice.call('send', { conversationId, content: text('hello') });
    await bob.until((pushes) => pushes.length > 0);
    expect(bob.pushes[0].profile).toEqual({ avatarUrl: picture });
  } finally {
    await world.system.close();
  }
});
