import { chat, settle } from '../support/chat.ts';

/** How often who is there asks for the changes that they have missed. */
async function atWork(kind: 'group' | 'room', random = () => 0.5) {
  const setting = chat({ random });
  const { client, lapse, conversationId } = setting;
  lapse.listed = (summary) => ({ ...summary, kind });
  lapse.consented.add('alice');
  client.connect();
  await settle();
  lapse.post('bob', conversationId, 'hello');
  await settle();
  const edited = async (rev: number) => {
    const content = { type: 'text', text: `as of ${rev}` };
    lapse.push('alice', { type: 'edited', conversationId, seq: 1, rev, content, editedAt: rev });
    await settle();
  };
  const asked = () =>
    lapse.frames.flatMap((frame) =>
      frame.action === 'history' && frame.changedAfter !== undefined ? [frame.changedAfter] : [],
    );
  const text = () => client.messages(conversationId)[0]?.content;
  return { ...setting, edited, asked, text };
}

test('two pushes that overtake each other leave no gap, and nobody asks', async () => {
  const { edited, asked, pass, text } = await atWork('group');
  await edited(1);
  await edited(3);
  await edited(4);
  await edited(2);
  await edited(5);
  await pass(60_000);
  expect(asked()).toEqual([]);
  expect(text()).toEqual({ type: 'text', text: 'as of 5' });
});

test('a gap that stays is asked for once, and what comes meanwhile is shown at once', async () => {
  const { edited, asked, pass, text } = await atWork('group');
  await edited(1);
  await edited(3);
  await edited(5);
  expect([asked(), text()]).toEqual([[], { type: 'text', text: 'as of 5' }]);
  await pass(5_000);
  expect(asked()).toEqual([1]);
});

test('all who are in a room see the same gap at the same time, and ask at their own', async () => {
  const times = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const { edited, asked, pass } = await atWork('room', () => index / 40);
      await edited(1);
      await edited(9);
      for (let second = 0; second <= 20; second += 1) {
        if (asked().length > 0) return second;
        await pass(1_000);
      }
      return Number.NaN;
    }),
  );
  const perSecond = Map.groupBy(times, (second) => second);
  expect(perSecond.has(Number.NaN)).toBe(false);
  // Forty of them over fifteen seconds.
  expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeLessThanOrEqual(4);
});
