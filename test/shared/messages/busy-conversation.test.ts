import { crowd } from '../../../shared/messages/crowd.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { epochMillis } from '../../../shared/time.ts';
import { sendTransientMessage } from '../../../shared/transient/send-transient-message.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import type { Step } from '../../support/step.ts';
import { transientWorld } from '../../support/transient-world.ts';
import { seeded, virtualTime } from '../../support/virtual-time.ts';

/** Each has an environment of its own and sends the next message when the last one is acked; a call takes six milliseconds. */
const each = 20;
const half = 3;
const contentOf = (id: string) => ({
  ...({ action: 'send', id, conversationId } as const),
  content: { type: 'text', text: id } as const,
});

/** Each call takes that long, half of it before it takes effect. */
const distant =
  (wait: (millis: number) => Promise<unknown>): Step =>
  async (effect) => {
    await wait(half);
    const result = effect();
    await wait(half);
    return result;
  };

/** How many writes were refused for each message, and how many messages there were in a second. */
async function among(writers: number) {
  const { now, wait, run } = virtualTime();
  const step = distant(wait);
  const world = messageWorld();
  // Read in the call that asks for the consent, as the function does.
  const consented = Promise.resolve({ of: new Set(['alice', 'bob']), connections: [] });
  let refused = 0;
  const clock = () => epochMillis(now());
  const write = async (writer: number) => {
    const deps = {
      ...world.deps(step, () => 1_000_000 + now()),
      crowd: crowd(clock, wait, seeded(writer)),
    };
    const messages: typeof deps.messages = {
      ...deps.messages,
      append: async (message, held) => {
        const occupant = await deps.messages.append(message, held);
        if (occupant !== undefined) refused += 1;
        return occupant;
      },
    };
    const sender = { userId: 'alice', connectionId: `alice-${writer}` };
    await wait(writer);
    for (let sent = 0; sent < each; sent += 1)
      await sendMessage({ ...deps, messages, consented }, sender, contentOf(`${writer}-${sent}`));
  };
  const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  await run();
  await all;
  const count = writers * each;
  expect([...world.messages.keys()].toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  );
  return { refused: refused / count, perSecond: (count * 1_000) / now() };
}

test.each([
  [1, 0, 40],
  [2, 0.1, 50],
  [4, 0.12, 30],
  [12, 0.25, 50],
])(
  'among %i writers at most %d writes a message are refused, and %d a second get through',
  async (writers, refused, perSecond) => {
    const found = await among(writers);
    expect(found.refused).toBeLessThanOrEqual(refused);
    expect(found.perSecond).toBeGreaterThanOrEqual(perSecond);
  },
);

test('where messages are not stored, too, who loses twice waits, and the twelve get a number each', async () => {
  const { now, wait, run } = virtualTime();
  const step = distant(wait);
  const world = transientWorld();
  let tries = 0;
  const write = async (writer: number) => {
    const deps = world.deps(step);
    const sends: typeof deps.sends = {
      ...deps.sends,
      takeNumber: async (message, end) => {
        tries += 1;
        return deps.sends.takeNumber(message, end);
      },
    };
    const own = crowd(() => epochMillis(now()), wait, seeded(writer));
    for (let sent = 0; sent < each; sent += 1)
      await sendTransientMessage(
        { ...deps, sends, crowd: own },
        { userId: 'alice', connectionId: `alice-${writer}` },
        contentOf(`${writer}-${sent}`),
      );
  };
  const all = Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
  await run();
  await all;
  expect(world.sends.size).toBe(12 * each);
  expect(tries / (12 * each)).toBeLessThanOrEqual(1.8);
});

test.each([
  [1, 0],
  [2, 320],
  [3, 640],
  [4, 1_280],
  [9, 1_280],
])('after %i lost races the wait is up to %i ms', async (losses, most) => {
  const waited: number[] = [];
  const { backoff } = crowd(
    () => epochMillis(0),
    async (millis) => void waited.push(millis),
    () => 0.5,
  );
  await backoff(losses);
  expect(waited).toEqual(losses === 1 ? [] : [most / 2]);
});
