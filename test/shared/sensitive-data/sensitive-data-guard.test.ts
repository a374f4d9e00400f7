import { nationalIdCountries } from '../../../shared/configuration/sensitive-data.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { metrics } from '../../../shared/runtime/metrics.ts';
import { nationalIds } from '../../../shared/sensitive-data/national-ids/all.ts';
import { sensitiveDataGuard } from '../../../shared/sensitive-data/sensitive-data-guard.ts';

const card = 'my card is 4111 1111 1111 1111';
const account = 'DE89 3704 0044 0532 0130 00';

function guarded(policy: 'allow' | 'flag' | 'block', countries: readonly string[] = []) {
  const lines: string[] = [];
  const counts = metrics(
    'Lapse',
    (line) => void lines.push(line),
    () => 1_000,
  );
  return { lines, guard: sensitiveDataGuard(policy, { nationalIdCountries: countries }, counts) };
}

test('allowed: nothing is looked at', () => {
  const { guard, lines } = guarded('allow');
  expect(guard.check([card])).toBe(false);
  expect(guard.accepts(card)).toBe(true);
  expect(lines).toEqual([]);
});

test('flagged: it goes through, and is counted by kind', () => {
  const { guard, lines } = guarded('flag');
  expect(guard.check(['hello', card, account, card])).toBe(true);
  expect(guard.check(['hello'])).toBe(false);
  expect(guard.accepts(card)).toBe(true);
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ['payment-card', 'bank-account'].map((kind) => ({
      _aws: {
        Timestamp: 1_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Lapse',
            Dimensions: [[], ['kind', 'policy']],
            Metrics: [{ Name: 'SensitiveData', Unit: 'Count' }],
          },
        ],
      },
      kind,
      policy: 'flag',
      SensitiveData: 1,
    })),
  );
});

test('blocked: refused with the code, and counted', () => {
  const { guard, lines } = guarded('block');
  expect(() => guard.check(['hello', card])).toThrow(new ProtocolError('SENSITIVE_DATA'));
  expect(guard.check(['hello'])).toBe(false);
  expect(guard.accepts(card)).toBe(false);
  expect(guard.accepts('hello')).toBe(true);
  expect(lines).toHaveLength(1);
  expect(lines.join('')).not.toContain('4111');
});

test("the operator's countries count without a word beside the number", () => {
  const id = '529.982.247-25';
  expect(guarded('flag', ['BR']).guard.check([id])).toBe(true);
  expect(guarded('flag').guard.check([id])).toBe(false);
});

test('the countries that can be configured are those whose ids are known', () => {
  expect([...new Set(nationalIds.map(({ country }) => country))].toSorted()).toEqual([
    ...nationalIdCountries,
  ]);
});
