import fc from 'fast-check';
import { effectiveExpiry, expiryOf, isReadable } from '../../../../shared/stores/expiry/expiry.ts';
import {
  type Retention,
  unchangedRetention,
  withPeriod,
} from '../../../../shared/stores/expiry/retention.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';

const sent = fc.integer({ min: 0, max: 4e12 }).map(epochMillis);
const seconds = fc.integer({ min: 1, max: 3e8 });
const at = (retention: Retention, now: number) => ({ ...retention, now: epochMillis(now) });

test('expiry is an instant: readable the millisecond before, not at it', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, (sentAt, stamped, present) => {
      const message = { sentAt, expiresAt: expiryOf(sentAt, stamped) };
      const retention = unchangedRetention(present);
      const end = effectiveExpiry(message, retention) * 1000;
      expect(isReadable(message, at(retention, end - 1))).toBe(true);
      expect(isReadable(message, at(retention, end))).toBe(false);
    }),
  );
});

test('nothing is kept longer than was promised when it was sent, nor than is promised now', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, (sentAt, stamped, present) => {
      const message = { sentAt, expiresAt: expiryOf(sentAt, stamped) };
      const end = effectiveExpiry(message, unchangedRetention(present)) * 1000;
      expect(end).toBeLessThanOrEqual(sentAt + Math.min(stamped, present) * 1000);
    }),
  );
});

test('a longer policy un-hides nothing', () => {
  fc.assert(
    fc.property(sent, seconds, seconds, seconds, (sentAt, stamped, present, more) => {
      const message = { sentAt, expiresAt: expiryOf(sentAt, stamped) };
      const before = unchangedRetention(present);
      const end = effectiveExpiry(message, before);
      const from = epochSeconds((end + 1) * 1000);
      const longer = withPeriod(before, { from, retentionSeconds: present + more }, epochMillis(from * 1000));
      expect(isReadable(message, at(longer, from * 1000))).toBe(false);
      expect(effectiveExpiry(message, longer)).toBe(end);
    }),
  );
});
