import { isAwsId, newAwsId } from '../../../../infra/local/gateway/events/aws-id.ts';

test('ids look like those of AWS: 16 characters of the base64url alphabet, the last one =', () => {
  const ids = Array.from({ length: 1000 }, newAwsId);
  expect(ids.every(isAwsId)).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  expect(['L0SM9cOFvHcCIhw=', 'JC1dgf9yoAMCK-g=', 'RYG0LEicPHcFo_A='].every(isAwsId)).toBe(true);
  expect(['', 'x', 'L0SM9cOFvHcCIhw', 'L0SM9cOFvHcCIh+=', 'L0SM9cOFvHcCIhw=='].some(isAwsId)).toBe(false);
});
