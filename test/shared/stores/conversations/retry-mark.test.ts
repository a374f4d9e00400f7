import { decodeRetryMark, encodeRetryMark } from '../../../../shared/stores/conversations/retry-mark.ts';

test('a mark is stored as every release before has stored it, and is read again', () => {
  const mark = { at: 1_700_000_000_000, userId: 'alice', id: 'm-1' };
  expect(encodeRetryMark(mark)).toBe('1700000000000 alice m-1');
  expect(decodeRetryMark(encodeRetryMark(mark))).toEqual(mark);
});
