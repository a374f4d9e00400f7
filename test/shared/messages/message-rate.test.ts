import { messageRate } from '../../../shared/messages/message-rate.ts';
import { epochMillis } from '../../../shared/time.ts';

test('a burst, then so many a second, each user alone', () => {
  let now = 0;
  const rate = messageRate(20, 200, () => epochMillis(now));
  const sent = (userId: string, count: number) =>
    Array.from({ length: count }, () => rate(userId)).filter(Boolean).length;
  expect(sent('alice', 300)).toBe(200);
  expect(sent('bob', 1)).toBe(1);
  now += 1_000;
  expect(sent('alice', 100)).toBe(20);
  now += 3_600_000;
  expect(sent('alice', 300)).toBe(200);
});

test('a clock that steps back gives nothing away', () => {
  let now = 10_000;
  const rate = messageRate(1, 1, () => epochMillis(now));
  expect(rate('alice')).toBe(true);
  now = 0;
  expect(rate('alice')).toBe(false);
});
