import { type Announcement, announce, LapseServerError } from '../../../packages/lapse-server/src/index.ts';

type Lapse = Parameters<typeof announce>[0];

/** People who have got something, each once, whatever is asked how often. */
function world(fault: (userId: string, attempt: number) => LapseServerError | undefined = () => undefined) {
  const got = new Map<string, number>();
  const tries = new Map<string, number>();
  const seen = { now: 0, most: 0 };
  const lapse: Lapse = {
    async openConversation({ members, kind }) {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      await new Promise((resolve) => setImmediate(resolve));
      seen.now -= 1;
      return { conversationId: `d-${members[1]}`, kind, members, lastSeq: 0 };
    },
    async sendMessage({ conversationId }) {
      const userId = conversationId.slice(2);
      const attempt = (tries.get(userId) ?? 0) + 1;
      tries.set(userId, attempt);
      const failure = fault(userId, attempt);
      if (failure !== undefined) throw failure;
      const before = got.get(userId) ?? 0;
      got.set(userId, 1);
      const sent = { conversationId, seq: 1, sentAt: 0, expiresAt: 0, stored: true };
      return before > 0 ? { ...sent, duplicate: true } : sent;
    },
  };
  return { lapse, got, seen, tries };
}

const to = (users: Iterable<string>): Announcement => ({
  ...{ from: 'bot:news', id: 'back-1', to: users },
  content: { type: 'text', text: 'We are back' },
});
const people = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);
const quick = { pause: async () => undefined };
const waiting = new LapseServerError('WAITING', 'waits');
const slow = new LapseServerError('RATE_LIMITED', 'slow down', 70);

test('everybody gets it once, so many at a time', async () => {
  const { lapse, got, seen } = world();
  expect(await announce(lapse, to(people(100)), { ...quick, atOnce: 5 })).toEqual({
    ...{ sent: 100, repeated: 0, waiting: 0, refused: {} },
  });
  expect([got.size, seen.most]).toEqual([100, 5]);
  expect(await announce(lapse, to(people(120)), quick)).toMatchObject({ sent: 20, repeated: 100 });
});

test('who has not agreed, or is refused, is counted, and the others get it', async () => {
  const { lapse, got } = world((userId) =>
    userId === 'user-3' ? waiting : userId === 'user-5' ? new LapseServerError('FORBIDDEN', 'no') : undefined,
  );
  expect(await announce(lapse, to(people(10)), quick)).toEqual({
    ...{ sent: 8, repeated: 0, waiting: 1, refused: { FORBIDDEN: 1 } },
  });
  expect(got.size).toBe(8);
});

test('it goes as fast as the sender may', async () => {
  const pauses: number[] = [];
  const { lapse } = world((_userId, attempt) => (attempt === 1 ? slow : undefined));
  const pause = async (millis: number) => pauses.push(millis);
  expect(await announce(lapse, to(people(3)), { pause })).toMatchObject({ sent: 3 });
  expect(pauses).toEqual([70, 70, 70]);
});

test.each([
  ['what does not pass in time', slow],
  ['a sender that there is not', new LapseServerError('UNKNOWN_SENDER', 'no such sender')],
])('%s stops it, and begun again it goes on', async (_what, failure) => {
  let isBroken = true;
  const { lapse, got } = world((userId) => (isBroken && userId === 'user-20' ? failure : undefined));
  await expect(announce(lapse, to(people(1_000)), quick)).rejects.toBe(failure);
  // Those before, and for each try of the one that fails as many as go beside it.
  expect(got.size).toBeLessThanOrEqual(20 + 8 * 8 + 8);
  isBroken = false;
  const { sent, repeated } = await announce(lapse, to(people(1_000)), quick);
  expect(sent + repeated).toBe(1_000);
  expect(got.size).toBe(1_000);
});
