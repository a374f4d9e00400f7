import fc from 'fast-check';
import {
  connectionExpiry,
  decodeConnection,
  encodeConnection,
} from '../../../../shared/stores/connections/connection.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';

test('a connection survives its encoding', () => {
  fc.assert(
    fc.property(
      fc.base64String(),
      fc.nat(),
      fc.nat(),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
      (id, connectedAt, expiresAt, consentedPolicy) => {
        const connection = {
          userId: 'alice',
          connectionId: id,
          connectedAt: epochMillis(connectedAt),
          expiresAt: expiresAt as EpochSeconds,
          consentedPolicy,
        };
        expect(decodeConnection('alice', encodeConnection(connection))).toEqual(connection);
      },
    ),
  );
});

test('a socket ends with its token and the grace, and after two hours at the latest', () => {
  expect(connectionExpiry(1_000_000, 1_300, 120)).toBe(1_420);
  expect(connectionExpiry(1_000_000, 99_999, 120)).toBe(8_200);
});
