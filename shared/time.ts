declare const seconds: unique symbol;
declare const milliseconds: unique symbol;

/** Seconds since the epoch: the unit of every `expiresAt`, as DynamoDB's TTL wants it. */
export type EpochSeconds = number & { readonly [seconds]: true };
/** Milliseconds since the epoch: the unit of `sentAt`. */
export type EpochMillis = number & { readonly [milliseconds]: true };

export type Clock = () => EpochMillis;

/** Resolves after so many milliseconds. */
export type Pause = (millis: number) => Promise<void>;

export const systemClock: Clock = () => Date.now() as EpochMillis;

/** Rounds down, so that nothing lives longer than it was promised. */
export function epochSeconds(millis: number): EpochSeconds {
  return Math.floor(millis / 1000) as EpochSeconds;
}

export function epochMillis(millis: number): EpochMillis {
  return millis as EpochMillis;
}

/** Eventually consistent reads are usually consistent within a second, says AWS: twice that. */
export const settleMillis = 2_000;
