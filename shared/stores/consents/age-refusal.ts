import { createHmac } from 'node:crypto';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';

/** No user has an id with this character, so that no ledger is where a refusal is. */
export const ageRefusalKey = (secret: Uint8Array, userId: string) => ({
  userId: `#age-refusal/${createHmac('sha256', secret).update(userId).digest('base64url')}`,
  entry: 0,
});

export type AgeRefusalKey = ReturnType<typeof ageRefusalKey>;

/** That somebody was found too young: whose digest it is and until when it counts, and nothing of the age. */
export type AgeRefusal = {
  readonly key: AgeRefusalKey;
  /** Undefined: there is none. DynamoDB may leave one there for days after its end. */
  readonly expiresAt: EpochSeconds | undefined;
};

export const isRefused = ({ expiresAt }: AgeRefusal, now: EpochMillis): boolean =>
  expiresAt !== undefined && expiresAt > epochSeconds(now);
