import fc from 'fast-check';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import type { Sender } from '../../../shared/push/fan-out-message.ts';
import type { SendRequest } from '../../../shared/stores/messages/message.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct, type Step } from '../../support/step.ts';

function frame(id: string): SendRequest {
  return { action: 'send', id, conversationId, content: { type: 'text', text: `text of ${id}` } };
}
const from = (userId: string): Sender => ({ userId, connectionId: `${userId}-1` });

type World = ReturnType<typeof messageWorld>;

function expectOneDenseOrder(world: World, expected: ReadonlySet<string>): void {
  const stored = [...world.messages.values()].sort((one, other) => one.seq - other.seq);
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
  const names = stored.map((message) => `${message.from} ${message.id}`);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(names)).toEqual(expected);
  for (const [index, message] of stored.entries()) {
    expect(message.sentAt).toBeGreaterThanOrEqual(stored[index - 1]?.sentAt ?? 0);
  }
}

const attempt = fc.record({
  userId: fc.constantFrom('alice', 'bob'),
  id: fc.constantFrom('a', 'b', 'c'),
  /** Clocks of execution environments differ. */
  clock: fc.integer({ min: 1_000_000, max: 1_600_000 }),
  dies: deathWithin(12),
});

test('any interleaving of sends, repeats and crashes leaves one message per id at dense numbers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(attempt, { minLength: 1, maxLength: 9 }),
      async (scheduler, attempts) => {
        const world = messageWorld();
        const scheduled: Step = async (effect) => {
          // The request is on its way for a while, and so is its answer.
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        const acks: { name: string; seq: number }[] = [];
        for (const { userId, id, clock, dies } of attempts) {
          const step = dying(dies, scheduled);
          void sendMessage(
            world.deps(step, () => clock),
            from(userId),
            frame(id),
          ).then(({ seq }) => acks.push({ name: `${userId} ${id}`, seq }));
        }
        await scheduler.waitIdle();
        // Whoever got no ack sends again, as a client does.
        const names = new Set(attempts.map(({ userId, id }) => `${userId} ${id}`));
        for (const name of names) {
          const [userId = '', id = ''] = name.split(' ');
          const { seq } = await sendMessage(
            world.deps(direct, () => 1_300_000),
            from(userId),
            frame(id),
          );
          acks.push({ name, seq });
        }
        expectOneDenseOrder(world, names);
        const seqOf = new Map(
          [...world.messages.values()].map((each) => [`${each.from} ${each.id}`, each.seq]),
        );
        for (const { name, seq } of acks) expect(seq).toBe(seqOf.get(name));
      },
    ),
    { numRuns: 1_500 },
  );
});

describe('a crash at every call of a send', () => {
  const cases = Array.from({ length: 7 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const world = messageWorld();
    const crashed = sendMessage(
      world.deps(dying({ at, after }, direct), () => 1_000),
      from('alice'),
      frame('a'),
    );
    await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
    const repeated = await sendMessage(
      world.deps(direct, () => 2_000),
      from('alice'),
      frame('a'),
    );
    const next = await sendMessage(
      world.deps(direct, () => 3_000),
      from('bob'),
      frame('b'),
    );
    expect([repeated.seq, next.seq]).toEqual([1, 2]);
    expectOneDenseOrder(world, new Set(['alice a', 'bob b']));
    // Bob's device got the message, or somebody is charged with giving it to him.
    const delivered = world.pushed.some((push) => push.connectionId === 'bob-1' && push.seq === 1);
    expect(delivered || world.jobs.some(({ seq }) => seq === 1)).toBe(true);
  });
});

test('a repeat is acked with the first result and stores nothing', async () => {
  const world = messageWorld();
  const first = await sendMessage(
    world.deps(direct, () => 1_000),
    from('alice'),
    frame('a'),
  );
  const repeat = await sendMessage(
    world.deps(direct, () => 9_000),
    from('alice'),
    frame('a'),
  );
  const again = await sendMessage(
    world.deps(direct, () => 9_500),
    from('alice'),
    frame('a'),
  );
  expect(repeat).toEqual({ ...first, duplicate: true });
  expect(again).toEqual({ ...first, duplicate: true });
  expect(world.messages.size).toBe(1);
  expect(world.pushed).toEqual([{ connectionId: 'bob-1', seq: 1 }]);
});

test('a repeat that finds no message is shown to everybody until the life of its first attempt is over, and then stored by nobody', async () => {
  for (const [late, pushed] of [
    [-1_000, [{ connectionId: 'bob-1', seq: 1 }]],
    [0, []],
  ] as const) {
    const world = messageWorld();
    const claimed = dying({ at: 3, after: false }, direct);
    void sendMessage(
      world.deps(claimed, () => 1_000),
      from('alice'),
      frame('a'),
    );
    await new Promise((resolve) => setImmediate(resolve));
    const now = 1_000 + 604_800_000 + late;
    const repeat = sendMessage(
      world.deps(direct, () => now),
      from('alice'),
      frame('a'),
    );
    if (late === 0) await expect(repeat).rejects.toMatchObject({ code: 'EXPIRED' });
    else expect(await repeat).toMatchObject({ seq: 1, sentAt: 1_000, expiresAt: 604_801 });
    expect({ late, pushed: world.pushed }).toEqual({ late, pushed });
  }
});

describe('the same id after the life of its message', () => {
  const short = (world: World, now: number) => ({
    ...world.deps(direct, () => now),
    retentionSeconds: 604_800,
  });
  const shortLived = () => {
    const world = messageWorld();
    const rows = world.rows.get(conversationId);
    if (rows?.head === undefined) throw new Error('no conversation');
    world.rows.set(conversationId, { ...rows, head: { ...rows.head, retention: 45 } });
    return world;
  };

  test('gets the first result for as long as the message is there, whether or not it has ended', async () => {
    const world = shortLived();
    const first = await sendMessage(short(world, 1_000), from('alice'), frame('a'));
    const repeat = await sendMessage(short(world, 60_000), from('alice'), frame('a'));
    expect(repeat).toEqual({ ...first, duplicate: true });
    const again = await sendMessage(short(world, 3_600_000), from('alice'), frame('a'));
    expect(again).toEqual({ ...first, duplicate: true });
    expect(world.pushed).toEqual([{ connectionId: 'bob-1', seq: 1 }]);
  });

  test('is told that its time is over once the sweeper has taken the message, and becomes no second one', async () => {
    const world = shortLived();
    await sendMessage(short(world, 1_000), from('alice'), frame('a'));
    world.messages.delete(1);
    const late = sendMessage(short(world, 106_000), from('alice'), frame('a'));
    await expect(late).rejects.toMatchObject({ code: 'EXPIRED' });
    expect(world.messages.size).toBe(0);
    expect(world.pushed).toHaveLength(1);
  });

  test('is told so too where a crash came before the message: nobody can know by then', async () => {
    const world = shortLived();
    const claimed = { ...world.deps(dying({ at: 3, after: false }, direct), () => 1_000) };
    void sendMessage(claimed, from('alice'), frame('a'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.claims.size).toBe(1);
    const late = sendMessage(short(world, 46_000), from('alice'), frame('a'));
    await expect(late).rejects.toMatchObject({ code: 'EXPIRED' });
    expect(await sendMessage(short(world, 46_000), from('alice'), frame('b'))).toMatchObject({ seq: 1 });
  });

  test('goes by the retention that it was first stamped by, though a longer one has come since', async () => {
    const world = messageWorld();
    await sendMessage({ ...short(world, 1_000), retentionSeconds: 45 }, from('alice'), frame('a'));
    world.messages.delete(1);
    const late = sendMessage(short(world, 200_000), from('alice'), frame('a'));
    await expect(late).rejects.toMatchObject({ code: 'EXPIRED' });
  });

  test('goes by every retention that was in force meanwhile', async () => {
    const world = messageWorld();
    await sendMessage(short(world, 1_000), from('alice'), frame('a'));
    world.messages.delete(1);
    const brief = { ...short(world, 300_000), retention: steadyRetention(45, () => 300_000) };
    await expect(sendMessage(brief, from('alice'), frame('a'))).rejects.toMatchObject({ code: 'EXPIRED' });
  });
});

test('the same id of another person is another message', async () => {
  const world = messageWorld();
  await sendMessage(
    world.deps(direct, () => 1_000),
    from('alice'),
    frame('a'),
  );
  const other = await sendMessage(
    world.deps(direct, () => 1_000),
    from('bob'),
    frame('a'),
  );
  expect(other).toMatchObject({ seq: 2 });
  expect(other).not.toHaveProperty('duplicate');
});

test('an attempt that claimed first and reads the conversation last sees that another has sent for it', async () => {
  const world = messageWorld();
  const released = Promise.withResolvers<void>();
  const prompt = world.deps(direct, () => 1_000);
  const conversations = {
    ...prompt.conversations,
    read: async (id: string) => {
      await released.promise;
      return prompt.conversations.read(id);
    },
  };
  const slow = sendMessage({ ...prompt, conversations }, from('alice'), frame('a'));
  const repeat = await sendMessage(prompt, from('alice'), frame('a'));
  released.resolve();
  expect(await slow).toEqual({ ...repeat, duplicate: true });
  expectOneDenseOrder(world, new Set(['alice a']));
});

test('two round trips before the push, and the number is lifted beside it', async () => {
  const world = messageWorld();
  const roundsOf = async (id: string) => {
    const { step, run } = byRounds();
    return run(
      sendMessage(
        world.deps(step, () => 1_000),
        from('alice'),
        frame(id),
      ),
    );
  };
  // The first message of a conversation tells the sweeper of it before it is placed, the first of a day the lists of its people.
  expect(await roundsOf('a')).toEqual([2, 1, 2, 2, 2]);
  // Claim and read; look up the connections, which nobody has read ahead; place; push and lift.
  expect(await roundsOf('b')).toEqual([2, 1, 1, 2]);
});

/** Answers all calls that wait at the same time together, and counts them round by round. */
function byRounds() {
  let waiting: (() => void)[] = [];
  const step: Step = async (effect) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return effect();
  };
  async function run(sent: Promise<unknown>): Promise<number[]> {
    const calls: number[] = [];
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === 0) break;
      calls.push(waiting.length);
      const round = waiting;
      waiting = [];
      for (const release of round) release();
    }
    await sent;
    return calls;
  }
  return { step, run };
}
