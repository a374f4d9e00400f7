import fc from 'fast-check';
import { billOf, naiveBillOf, sumOf } from '../../../bench/cost/bill.ts';
import { type ActName, type Build, earlier, today } from '../../../bench/cost/measured.ts';
import { actsInMonth, type Usage, usual } from '../../../bench/cost/usage.ts';

const nothing = { writeUnits: 0, readUnits: 0, frames: 0, invocations: 0, milliseconds: 0 };
const names = Object.keys(today.acts) as ActName[];
const free: Build = {
  acts: Object.fromEntries(names.map((name) => [name, nothing])) as Build['acts'],
  writeUnitsAtItsEnd: 0,
  alarmMetrics: 0,
  ownMetrics: 0,
  logBytes: 450,
  historiesPerConnect: 2,
};
const costing = (name: ActName, act: Partial<typeof nothing>): Build => ({
  ...free,
  acts: { ...free.acts, [name]: { ...nothing, ...act } },
});

/** Of 1,000 users, 20 messages and 30 days: 600,000 messages, half of them delivered at once. */
const thousand: Usage = { ...usual, users: 1_000 };

test('the acts of a month, by hand', () => {
  expect(actsInMonth(thousand, 2)).toEqual({
    sendToOnline: 300_000,
    sendToOffline: 300_000,
    read: 300_000,
    typing: 300_000,
    connect: 90_000,
    hello: 90_000,
    history: 180_000,
    disconnect: 90_000,
  });
});

test.each<[string, Usage, Build, number]>([
  // 300,000 × 3 at 1 USD a million
  ['frames in and out', thousand, costing('sendToOnline', { frames: 3 }), 0.9],
  // 300,000,000 × 4: 1,000,000,000 at 1 USD a million, and 200,000,000 at 0.80
  ['frames in and out', { ...thousand, users: 1_000_000 }, costing('sendToOnline', { frames: 4 }), 1_160],
  // 1,000 × 30 min × 30 days = 900,000 at 0.25 USD a million
  ['connection minutes', thousand, free, 0.225],
  // 90,000 × 2 at 0.20 USD a million
  ['function calls', thousand, costing('connect', { invocations: 2 }), 0.036],
  // 300,000 × 20 ms = 6,000 s of half a GB = 3,000 GB s at 13.3334 USD a million
  ['function time', thousand, costing('read', { milliseconds: 20 }), 0.0400002],
  // 300,000 × 3 at 0.625 USD a million
  ['table writes', thousand, costing('sendToOffline', { writeUnits: 3 }), 0.5625],
  // 180,000 × 4 at 0.125 USD a million
  ['table reads', thousand, costing('history', { readUnits: 4 }), 0.09],
  // 600,000 × 2 at 0.625 USD a million
  ['deletion of what ends', thousand, { ...free, writeUnitsAtItsEnd: 2 }, 0.75],
  // A million users keep 140,000,000 messages of 520 bytes: 72.8 GB, of which 25 are free
  ['table storage', { ...thousand, users: 1_000_000 }, free, 11.95],
  // 90,000,000 calls of 450 bytes: 40.5 GB, of which 5 are free
  ['logs', { ...thousand, users: 1_000_000 }, costing('hello', { invocations: 1 }), 17.75],
  // 300,000,000 pushes of 700 bytes: 210 GB, of which 100 are free
  ['transfer out', { ...thousand, users: 1_000_000 }, free, 9.9],
  ['alarms', thousand, { ...free, alarmMetrics: 23 }, 1.3],
  ['alarms', thousand, { ...free, alarmMetrics: 10 }, 0],
  ['own metrics', thousand, { ...free, ownMetrics: 12 }, 0.6],
])('%s, by hand', (component, usage, build, usd) => {
  expect(billOf(usage, build)[component]).toBeCloseTo(usd, 9);
});

test('the naive design posts to everybody who is connected, and scans them all', () => {
  // 20,833⅓ of a million users are connected at once: 600,000,000 × (1 + 20,833⅓) frames
  const bill = naiveBillOf({ ...thousand, users: 1_000_000 });
  expect(bill['frames in and out']).toBeCloseTo(1_000 + (12_500_600 - 1_000) * 0.8, 0);
  // 152.6 units for each message
  expect(bill['table reads']).toBeCloseTo(600e6 * (((62_500_000 / 3) * 0.06) / 8192) * 0.125e-6, 0);
});

const usage = fc.record({
  users: fc.integer({ min: 1, max: 5_000_000 }),
  messages: fc.integer({ min: 0, max: 500 }),
  minutes: fc.integer({ min: 0, max: 1_440 }),
  connects: fc.integer({ min: 0, max: 50 }),
  receipts: fc.double({ min: 0, max: 1, noNaN: true }),
  typing: fc.double({ min: 0, max: 5, noNaN: true }),
  online: fc.double({ min: 0, max: 1, noNaN: true }),
  retentionDays: fc.integer({ min: 1, max: 3_650 }),
});

test('more of anything never costs less, of no component', () => {
  const more = fc.constantFrom(
    'users',
    'messages',
    'minutes',
    'connects',
    'receipts',
    'typing',
    'retentionDays',
  );
  fc.assert(
    fc.property(usage, more, fc.constantFrom(today, earlier), (before, key, build) => {
      const less = billOf(before, build);
      const bill = billOf({ ...before, [key]: before[key] * 2 + 1 }, build);
      for (const [name, usd] of Object.entries(bill)) expect(usd).toBeGreaterThanOrEqual(less[name] ?? 0);
    }),
  );
});

test('what two kinds of acts cost is the sum of what each costs, but for the free allowances and the frames, which grow cheaper', () => {
  const linear = ['function calls', 'function time', 'table writes', 'table reads'];
  const pair = fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(usage, pair, (each, [one, other]) => {
      const only = (...kept: (ActName | undefined)[]): Build => ({
        ...free,
        acts: {
          ...free.acts,
          ...Object.fromEntries(kept.flatMap((name) => (name ? [[name, today.acts[name]]] : []))),
        },
      });
      const [first, second, both] = [only(one), only(other), only(one, other)].map((build) =>
        billOf(each, build),
      );
      for (const name of linear)
        expect(both?.[name]).toBeCloseTo((first?.[name] ?? 0) + (second?.[name] ?? 0), 6);
    }),
  );
});

test('who does nothing still costs what is there all the time', () => {
  const idle = billOf({ ...usual, users: 1, messages: 0, minutes: 0, connects: 0 }, today);
  const some = Object.entries(idle).filter(([, usd]) => usd > 0);
  expect(some.map(([name]) => name)).toEqual(['queue polls', 'alarms', 'own metrics']);
  expect(sumOf(idle)).toBeCloseTo(3.35, 9);
});
