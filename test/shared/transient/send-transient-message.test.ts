import fc from 'fast-check';
import type { SendRequest } from '../../../shared/stores/messages/message.ts';
import type { TransientSend } from '../../../shared/stores/sends/send-store.ts';
import { sendTransientMessage } from '../../../shared/transient/send-transient-message.ts';
import { dying } from '../../support/dying.ts';
import { conversationId } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';
import { transientWorld } from '../../support/transient-world.ts';

const from = (userId: string) => ({ userId, connectionId: `${userId}-1` });

function frame(id: string): SendRequest {
  return { action: 'send', id, conversationId, content: { type: 'text', text: `text of ${id}` } };
}

test('a repeat is acked with the first result and pushes nothing more', async () => {
  const { deps, pushed } = transientWorld();
  const first = await sendTransientMessage(deps(direct), from('alice'), frame('a'));
  expect(first).toEqual({ conversationId, seq: 1, sentAt: 1_000, expiresAt: 604_801, stored: false });
  const repeat = await sendTransientMessage(deps(direct, 9_000), from('alice'), frame('a'));
  expect(repeat).toEqual({ ...first, duplicate: true });
  expect(pushed).toEqual([{ connectionId: 'bob-1', seq: 1 }]);
});

test('a repeat after the end of its message gets the first result, takes no number, and shows nothing', async () => {
  const { deps, pushed, sends } = transientWorld(45);
  const lost = dying({ at: 4, after: false }, direct);
  void sendTransientMessage(deps(lost), from('alice'), frame('a'));
  await new Promise((resolve) => setImmediate(resolve));
  expect([...sends.values()].map(({ seq }) => seq)).toEqual([1]);
  const late = await sendTransientMessage(deps(direct, 46_000), from('alice'), frame('a'));
  expect(late).toEqual({
    ...{ conversationId, seq: 1, sentAt: 1_000, expiresAt: 46 },
    ...{ stored: false, duplicate: true },
  });
  expect(pushed).toEqual([]);
  const next = await sendTransientMessage(deps(direct, 46_000), from('alice'), frame('b'));
  expect(next.seq).toBe(2);
});

const crashes = Array.from({ length: 5 }, (_, index) => index + 1).flatMap((at) => [
  { at, after: false },
  { at, after: true },
]);
test.each(crashes)(
  'a crash at call $at, after its effect: $after, loses nothing that is sent again',
  async (crash) => {
    const { deps, pushed, sends } = transientWorld();
    void sendTransientMessage(deps(dying(crash, direct)), from('alice'), frame('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const repeat = await sendTransientMessage(deps(direct, 2_000), from('alice'), frame('a'));
    const next = await sendTransientMessage(deps(direct, 3_000), from('bob'), frame('b'));
    expect([repeat.seq, next.seq]).toEqual([1, 2]);
    expect(pushed.filter(({ seq }) => seq === 1)).toContainEqual({ connectionId: 'bob-1', seq: 1 });
    expect([...sends.values()].map(({ seq, pushed: done }: Partial<TransientSend>) => [seq, done])).toEqual([
      [1, true],
      [2, true],
    ]);
  },
);

test('however sends and their repeats interleave, the numbers are dense and each send has one', async () => {
  const sends = fc.array(fc.tuple(fc.constantFrom('alice', 'bob'), fc.constantFrom('a', 'b', 'c')), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), sends, async (scheduler, attempts) => {
      const { deps, pushed } = transientWorld();
      const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);
      const done = Promise.all(
        attempts.map(async ([userId, id]) => {
          const { seq } = await sendTransientMessage(deps(scheduled), from(userId), frame(id));
          return { name: `${userId} ${id}`, seq };
        }),
      );
      const acks = await scheduler.waitFor(done);
      const seqs = new Map(acks.map(({ name, seq }) => [name, seq]));
      for (const { name, seq } of acks) expect(seqs.get(name)).toBe(seq);
      expect([...seqs.values()].toSorted()).toEqual([...seqs.values()].map((_, index) => index + 1));
      expect(new Set(pushed.map(({ seq }) => seq))).toEqual(new Set(seqs.values()));
    }),
    { numRuns: 200 },
  );
});

test('a conversation with a shorter period ends its records with it', async () => {
  const { deps } = transientWorld(60);
  expect(await sendTransientMessage(deps(direct), from('alice'), frame('a'))).toMatchObject({
    expiresAt: 61,
  });
});
