import { existsSync } from 'node:fs';
import { slowest } from './slowest.ts';

test.each(slowest)('%s, which is to begin early, is there', (file) => {
  expect(existsSync(file)).toBe(true);
});
