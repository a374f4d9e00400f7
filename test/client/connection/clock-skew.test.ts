import fc from 'fast-check';
import { chat, settle } from '../support/chat.ts';
import { manualClock } from '../support/manual-clock.ts';

const hour = 3_600_000;

test('a clock that is hours off neither hides what lives nor shows what has ended', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -48 * hour, max: 48 * hour }), async (off) => {
      const clock = manualClock();
      const here = { now: () => clock.now() + off, after: clock.after };
      const { client, lapse, conversationId, heard } = chat({ clock: here }, 600, clock);
      const expired: number[] = [];
      client.on('expired', (messages) => expired.push(...messages.map(({ seq }) => seq)));
      client.connect();
      await settle();
      lapse.post('bob', conversationId, 'for ten minutes');
      await settle();
      expect(heard).toEqual(['for ten minutes']);
      expect(client.now()).toBe(clock.now());
      clock.advance(599_000);
      await settle();
      expect([client.messages(conversationId).length, expired]).toEqual([1, []]);
      clock.advance(1_000);
      await settle();
      expect([client.messages(conversationId).length, expired]).toEqual([0, [1]]);
      client.close();
    }),
  );
});

test('a clock that is set in the middle is noticed within a minute', async () => {
  const clock = manualClock();
  let off = 0;
  const here = { now: () => clock.now() + off, after: clock.after };
  const { client } = chat({ clock: here }, 600, clock);
  client.connect();
  await settle();
  off = 5 * hour;
  expect(client.now()).toBe(clock.now() + 5 * hour);
  clock.advance(60_000);
  await settle();
  expect(client.now()).toBe(clock.now());
});

test('an answer that had to wait for a sleeping machine is not believed', async () => {
  const clock = manualClock();
  let off = 0;
  const here = { now: () => clock.now() + off, after: clock.after };
  const { client, lapse, pass } = chat({ clock: here }, 600, clock);
  lapse.fault = ({ action }) => {
    if (action === 'ping') off = 8 * hour;
    return 'none';
  };
  client.connect();
  await settle();
  lapse.fault = () => 'none';
  await pass(60_000);
  expect(client.now()).toBe(clock.now());
});
