/** True when the request may pass. */
export type Throttle = () => boolean;

export type ThrottleSettings = { readonly ratePerSecond: number; readonly burst: number };

/** API Gateway's token bucket; without settings everything passes. */
export function throttle(settings: ThrottleSettings | undefined, now: () => number): Throttle {
  if (settings === undefined) return () => true;
  const { ratePerSecond, burst } = settings;
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) * ratePerSecond) / 1000);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
