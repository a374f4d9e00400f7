import { isWithin } from '../../../shared/messages/edit-message.ts';
import { epochMillis } from '../../../shared/time.ts';

test.each([
  { seconds: 900, after: 900_000, open: true },
  { seconds: 900, after: 900_001, open: false },
  { seconds: 0, after: 0, open: false },
])('a window of $seconds s is open $after ms after the message: $open', ({ seconds, after, open }) => {
  const sentAt = epochMillis(1_800_000_000_000);
  expect(isWithin({ sentAt }, seconds, sentAt + after)).toBe(open);
});
