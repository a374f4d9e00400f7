import fc from 'fast-check';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { dying } from '../../support/dying.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

type World = ReturnType<typeof messageWorld>;

const minute = 60_000;
const start = 1_000_000_000_000;

async function send(world: World, userId: string, id: string, now: number, step: Step = direct) {
  const deps = world.deps(step, () => now);
  const frame = { action: 'send', id, conversationId, content: { type: 'text', text: id } } as const;
  return sendMessage(deps, { userId, connectionId: `${userId}-1` }, frame);
}

/** The claim is made, and nothing else. */
async function die(world: World, userId: string, id: string, now: number): Promise<void> {
  void send(world, userId, id, now, dying({ at: 3, after: false }, direct));
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function callsOf(world: World, userId: string, id: string, now: number): Promise<number> {
  let calls = 0;
  await send(world, userId, id, now, async (effect) => {
    calls += 1;
    return effect();
  });
  return calls;
}

test('an outage in which everybody repeats everything leaves a mark of each, and every message once', async () => {
  const repeats = fc.array(fc.record({ userId: fc.constantFrom('alice', 'bob'), id: fc.nat(40) }), {
    minLength: 20,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(repeats, async (acts) => {
      const world = messageWorld();
      const names = new Set(acts.map(({ userId, id }) => `${userId} m-${id}`));
      for (const name of names) await die(world, ...(name.split(' ') as [string, string]), start);
      for (const { userId, id } of acts) await send(world, userId, `m-${id}`, start + minute);
      expect(world.head().retryMarks.length).toBeLessThanOrEqual(2);
      expect(world.messages.size).toBe(names.size);
    }),
    { numRuns: 20 },
  );
});

test('who has repeated is careful for a quarter of an hour, and leaves no further mark meanwhile', async () => {
  const world = messageWorld();
  await send(world, 'alice', 'first', start);
  const usual = await callsOf(world, 'alice', 'usual', start);
  await die(world, 'alice', 'lost', start);
  await send(world, 'alice', 'lost', start + minute);
  const marks = world.head().retryMarks;
  expect(marks).toEqual([{ at: start + minute, userId: 'alice' }]);
  expect(await callsOf(world, 'alice', 'careful', start + 2 * minute)).toBe(usual + 3);
  expect(world.head().retryMarks).toEqual(marks);
  // Nobody else is, and nor is she later.
  expect(await callsOf(world, 'bob', 'an answer', start + 2 * minute)).toBe(usual + 1);
  expect(await callsOf(world, 'bob', 'another', start + 2 * minute)).toBe(usual);
  expect(await callsOf(world, 'alice', 'usual again', start + 17 * minute)).toBe(usual);
});

test('a mark that an earlier release has made is heeded for its send', async () => {
  const world = messageWorld();
  await die(world, 'alice', 'lost', start);
  await send(world, 'alice', 'lost', start + minute);
  const { messages } = world;
  // The first attempt has the claim still to make, and reads the head once the message is there.
  world.claims.clear();
  const earlier = { at: start + minute, userId: 'alice', id: 'lost' };
  const deps = world.deps(direct, () => start + 16 * minute);
  const read = async (id: string) => {
    const found = await deps.conversations.read(id);
    return found && { ...found, head: { ...found.head, retryMarks: [earlier] } };
  };
  const frame = { action: 'send', conversationId, content: { type: 'text', text: '' } } as const;
  const again = async (id: string) =>
    sendMessage(
      { ...deps, conversations: { ...deps.conversations, read } },
      { userId: 'alice', connectionId: 'alice-1' },
      { ...frame, id },
    );
  expect(await again('other')).toMatchObject({ seq: 2 });
  messages.delete(2);
  expect(await again('lost')).toMatchObject({ seq: 1, duplicate: true });
});
