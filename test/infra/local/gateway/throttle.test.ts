import { throttle } from '../../../../infra/local/gateway/routing/throttle.ts';

describe('throttle', () => {
  test('the burst passes, then the rate', () => {
    let ms = 0;
    const pass = throttle({ ratePerSecond: 2, burst: 3 }, () => ms);
    expect([pass(), pass(), pass(), pass()]).toEqual([true, true, true, false]);
    ms = 499;
    expect(pass()).toBe(false);
    ms = 500;
    expect([pass(), pass()]).toEqual([true, false]);
  });

  test('a long silence saves up no more than the burst', () => {
    let ms = 0;
    const pass = throttle({ ratePerSecond: 100, burst: 2 }, () => ms);
    ms = 3_600_000;
    expect([pass(), pass(), pass()]).toEqual([true, true, false]);
  });

  test('without settings everything passes', () => {
    const pass = throttle(undefined, () => 0);
    expect(Array.from({ length: 1000 }, pass).every(Boolean)).toBe(true);
  });
});
