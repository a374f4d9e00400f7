import fc from 'fast-check';
import { effectiveExpiry, expiryOf, isReadable } from '../../../../shared/stores/expiry/expiry.ts';
import { epochMillis } from '../../../../shared/time.ts';

const sent = fc.integer({ min: 0, max: 4e12 }).map(epochMillis);
const seconds = fc.integer({ min: 1, max: 3e8 });

test('expiry is an instant: readable the millisecond before, not at it', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, (sentAt, stamped, present) => {
      const message = { sentAt, expiresAt: expiryOf(sentAt, stamped) };
      const end = effectiveExpiry(message, present) * 1000;
      expect(isReadable(message, present, epochMillis(end - 1))).toBe(true);
      expect(isReadable(message, present, epochMillis(end))).toBe(false);
    }),
  );
});

test('nothing is kept longer than was promised when it was sent, nor than is promised now', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, (sentAt, stamped, present) => {
      const end = effectiveExpiry({ sentAt, expiresAt: expiryOf(sentAt, stamped) }, present) * 1000;
      expect(end).toBeLessThanOrEqual(sentAt + Math.min(stamped, present) * 1000);
    }),
  );
});

test('a longer policy un-hides nothing', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, seconds, (sentAt, stamped, present, more) => {
      const message = { sentAt, expiresAt: expiryOf(sentAt, stamped) };
      const end = epochMillis(expiryOf(sentAt, stamped) * 1000);
      expect(isReadable(message, present + more, end)).toBe(false);
    }),
  );
});
