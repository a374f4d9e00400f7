import {
  measureForeignLines,
  measureRandomDigits,
  measureSensitiveData,
  sensitiveDataReport,
} from '../../../bench/sensitive-data.ts';
import { ordinaryLines } from './corpus.ts';

test('recall and false hits are as measured: a change of either is a change of docs/sensitive-data.md', () => {
  expect(measureSensitiveData()).toEqual([
    { kind: 'payment-card', found: 445, of: 458, falseHits: 1, ordinary: 300 },
    { kind: 'bank-account', found: 601, of: 606, falseHits: 0, ordinary: 300 },
    { kind: 'national-id', found: 31, of: 31, falseHits: 0, ordinary: 300 },
  ]);
});

test('so are recall over what others published, and false hits over twenty thousand lines of the shapes of chats', () => {
  expect(measureForeignLines(20_000)).toEqual([
    { kind: 'payment-card', found: 32, of: 33, falseHits: 9, ordinary: 20_000 },
    { kind: 'bank-account', found: 46, of: 46, falseHits: 4, ordinary: 20_000 },
    { kind: 'national-id', found: 36, of: 36, falseHits: 0, ordinary: 20_000 },
  ]);
});

test('no ordinary line stands twice', () => {
  expect(new Set(ordinaryLines).size).toBe(ordinaryLines.length);
});

test('numbers drawn at random pass for a card about as seldom as brand and check digit let them', () => {
  const hits = new Map(measureRandomDigits(2_000).map(({ shape, hits }) => [shape, hits]));
  expect(hits.get('################')).toBe(83);
  expect(hits.get('#### #### #### ####')).toBe(60);
  expect(hits.get('order ################')).toBe(0);
  expect(hits.get('###-####-####')).toBe(0);
  expect(hits.get('###########')).toBe(0);
});

test('the report is a table with a line for each kind', () => {
  expect(sensitiveDataReport(10)).toMatch(
    /^kind +found +recall +false hits +rate\npayment-card +445\/458 +97\.2 % +1\/300 +0\.3 %\n/,
  );
});
