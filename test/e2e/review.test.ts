import { fileURLToPath } from 'node:url';
import { lapseClient } from '../../client/lapse-client.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const reviewing = fileURLToPath(new URL('./support/reviewing.mjs', import.meta.url));
const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:reviewing:live';

type World = { system: LocalSystem; alice: Person; bob: Person; conversationId: string; log: string[] };

async function start(configuration: object = {}): Promise<World> {
  const log: string[] = [];
  const system = await startTestSystem({
    onLog: (name, line) => void log.push(`${name} ${line}`),
    ownFunctions: { reviewing },
    assemblyFolder: await synthesizedAssembly({
      review: { functionArn, recipient: 'The moderators', timeoutMs: 1_000 },
      sensitiveData: 'block',
      ...configuration,
    }),
  });
  const [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  return { system, alice, bob, conversationId: await openDirect(alice, 'bob'), log };
}

/** What the operator's function was asked, by its log. */
const asked = ({ log }: World): readonly object[] =>
  log
    .flatMap((line) => line.split('\n'))
    .filter((line) => line.startsWith('reviewing asked '))
    .map((line) => JSON.parse(line.slice('reviewing asked '.length)));

const timesAsked = (world: World, words: string) =>
  asked(world).filter((request) => JSON.stringify(request).includes(words)).length;

const textsTo = ({ pushes }: Person) =>
  pushes.filter(({ type }) => type === 'message').map(({ message }) => message.content.text);

describe('where messages are stored', () => {
  let world: World;
  beforeAll(async () => {
    world = await start();
  });
  afterAll(() => world?.system.close());

  test('what is allowed is sent as it is; the function is told what is said, by whom and where', async () => {
    const { alice, bob, conversationId } = world;
    const sent = await alice.call('send', { conversationId, content: text('good morning') });
    expect(sent).toMatchObject({ type: 'ack', stored: true });
    expect(sent).not.toHaveProperty('content');
    await bob.until(() => textsTo(bob).includes('good morning'));
    expect(asked(world)).toContainEqual({
      version: 1,
      action: 'send',
      conversationId,
      from: 'alice',
      content: text('good morning'),
    });
  });

  test('what is changed is stored and pushed so, and its sender is told', async () => {
    const { alice, bob, conversationId, system } = world;
    const sent = await alice.call('send', { conversationId, content: text('what the heck') });
    expect(sent).toMatchObject({ type: 'ack', content: text('what the ****') });
    await bob.until(() => textsTo(bob).includes('what the ****'));
    const kept = JSON.stringify(await everythingKept(system));
    expect(kept).toContain('what the ****');
    expect(kept).not.toContain('what the heck');
    const custom = { type: 'custom', kind: 'poll', data: { said: 'heck' } };
    const poll = await alice.call('send', { conversationId, content: custom });
    expect(poll).toMatchObject({ type: 'ack', content: { ...custom, data: { said: '****' } } });
  });

  test.each([
    ['refused', 'a ferret', 'REVIEW_REFUSED', false],
    ['answered with something else', 'nonsense', 'REVIEW_UNAVAILABLE', true],
    ['not reviewed, the function failed', 'trouble', 'REVIEW_UNAVAILABLE', true],
    ['not reviewed in time', 'hangs', 'REVIEW_UNAVAILABLE', true],
    ['changed into what is too long', 'too long', 'REVIEW_UNAVAILABLE', true],
    ['changed into something else', 'otherwise', 'REVIEW_UNAVAILABLE', true],
  ])('what is %s is not sent', async (_what, words, code, retryable) => {
    const { alice, bob, conversationId, system, log } = world;
    const before = await wholeHistory(bob, conversationId);
    const refused = await alice.call('send', { conversationId, content: text(`says ${words}`) });
    expect(refused).toMatchObject({ type: 'error', error: { code, retryable } });
    expect(JSON.stringify(refused)).not.toContain(words);
    expect(await wholeHistory(bob, conversationId)).toEqual(before);
    expect(JSON.stringify(await everythingKept(system))).not.toContain(`says ${words}`);
    // What the operator's function writes to its own log is its own matter.
    expect(log.filter((line) => !line.startsWith('reviewing')).join()).not.toContain(`says ${words}`);
    const next = await alice.call('send', { conversationId, content: text(`after ${code}`) });
    expect(next.seq).toBe((before.at(-1)?.seq ?? 0) + 1);
  });

  test('a repeat of what was sent is not reviewed again; of what was refused it is', async () => {
    const { alice, conversationId } = world;
    const frame = { id: 'said-once', conversationId, content: text('said once') };
    const { seq } = await alice.call('send', frame);
    expect(await alice.call('send', frame)).toMatchObject({ seq, duplicate: true });
    expect(timesAsked(world, 'said once')).toBe(1);
    const refused = { id: 'ferrets', conversationId, content: text('two ferrets') };
    for (const _ of [1, 2])
      expect(await alice.call('send', refused)).toMatchObject({ error: { code: 'REVIEW_REFUSED' } });
    expect(timesAsked(world, 'two ferrets')).toBe(2);
  });

  test('who may not write, has not consented or writes what is blocked is not read by the function', async () => {
    const { conversationId, system, alice } = world;
    const stranger = await join(system, 'mallory');
    const outside = await stranger.call('send', { conversationId, content: text('of a stranger') });
    expect(outside).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const silent = await connect(system, 'nobody');
    const without = await silent.call('send', { conversationId, content: text('without consent') });
    expect(without).toMatchObject({ error: { code: 'CONSENT_REQUIRED' } });
    const card = { conversationId, content: text('of a card 4111 1111 1111 1111') };
    expect(await alice.call('send', card)).toMatchObject({ error: { code: 'SENSITIVE_DATA' } });
    for (const words of ['of a stranger', 'without consent', 'of a card'])
      expect(timesAsked(world, words)).toBe(0);
  });

  test('an edit is reviewed: refused, the message says what it said; changed, it says that', async () => {
    const { alice, bob, conversationId } = world;
    const { seq } = await alice.call('send', { conversationId, content: text('to be edited') });
    const edit = async (words: string) => alice.call('edit', { conversationId, seq, content: text(words) });
    expect(await edit('into a ferret')).toMatchObject({ error: { code: 'REVIEW_REFUSED' } });
    const says = async () => (await wholeHistory(bob, conversationId)).find((each) => each.seq === seq);
    expect(await says()).toMatchObject({ content: text('to be edited') });
    expect(await edit('oh heck')).toMatchObject({ type: 'ack', content: text('oh ****') });
    expect(await says()).toMatchObject({ content: text('oh ****') });
    const of = await bob.call('edit', { conversationId, seq, content: text('edited by bob') });
    expect(of).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(timesAsked(world, 'edited by bob')).toBe(0);
  });

  test('what is forwarded is reviewed where it comes to, and says there what is made of it', async () => {
    const { alice, conversationId } = world;
    const { conversationId: group } = await alice.call('open', { kind: 'group', members: ['bob'] });
    const forward = async (words: string) => {
      const { seq } = await alice.call('send', { conversationId, content: text(words) });
      return alice.call('send', {
        conversationId: group,
        content: { type: 'forward', conversationId, seq },
      });
    };
    expect(await forward('a secret')).toMatchObject({ error: { code: 'REVIEW_REFUSED' } });
    expect(await forward('no matter')).toMatchObject({ type: 'ack' });
    expect(asked(world)).toContainEqual({
      ...{ version: 1, action: 'send', conversationId: group, from: 'alice' },
      content: text('no matter'),
    });
    const there = (await wholeHistory(alice, group)).filter(({ from }) => from === 'alice');
    expect(there.map(({ content }) => content)).toEqual([text('no matter')]);
    expect(there).toMatchObject([{ forwarded: true }]);
  });

  test('a client shows what it was changed into, not what was typed', async () => {
    const { system, conversationId } = world;
    const client = lapseClient({ url: system.url, token: async () => system.token('alice'), WebSocket });
    const shown = (seq: number) => client.messages(conversationId).find((each) => each.seq === seq)?.content;
    try {
      client.connect();
      const { seq } = await client.send(conversationId, 'by heck');
      expect(shown(seq)).toEqual(text('by ****'));
      await client.edit(conversationId, seq, 'heck no');
      expect(shown(seq)).toEqual(text('**** no'));
    } finally {
      client.close();
    }
  });

  test('in a room: no number waits for a verdict, and none is lost', async () => {
    const { alice, bob } = world;
    const { conversationId } = await alice.call('open', { kind: 'room', members: [] });
    for (const person of [alice, bob]) await person.call('watch', { conversationId });
    const say = async (words: string, id = words) =>
      alice.call('send', { id: `room ${id}`.replaceAll(' ', '-'), conversationId, content: text(words) });
    const [first, refused, late, second] = await Promise.all([
      say('one'),
      say('a ferret'),
      say('hangs'),
      say('heck yes'),
    ]);
    expect(first).toMatchObject({ type: 'ack' });
    expect(refused).toMatchObject({ error: { code: 'REVIEW_REFUSED' } });
    expect(late).toMatchObject({ error: { code: 'REVIEW_UNAVAILABLE' } });
    expect(second).toMatchObject({ type: 'ack', content: text('**** yes') });
    const there = await wholeHistory(bob, conversationId);
    expect(there.map(({ content }) => 'text' in content && content.text)).not.toContain('a ferret');
    expect(there.map(({ seq }) => seq)).toEqual(there.map((_, index) => index + 1));
  });
});

test('where messages are not stored, too: what is refused reaches nobody', async () => {
  const world = await start({ messages: { store: false } });
  try {
    const { alice, bob, conversationId } = world;
    expect(await alice.call('send', { conversationId, content: text('a ferret') })).toMatchObject({
      error: { code: 'REVIEW_REFUSED' },
    });
    const frame = { id: 'passed', conversationId, content: text('the heck') };
    expect(await alice.call('send', frame)).toMatchObject({ stored: false, content: text('the ****') });
    await bob.until(() => textsTo(bob).length > 0);
    expect(textsTo(bob)).toEqual(['the ****']);
    expect(await alice.call('send', frame)).toMatchObject({ duplicate: true });
    expect(timesAsked(world, 'the heck')).toBe(1);
  } finally {
    await world.system.close();
  }
});
