import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { EpochMillis } from '../time.ts';

/**
 * When the user has consented anew since the erasure ended the consent, also if that is withdrawn again: what they have done from
 * then on is not meant by it, and is found by what it would take, such as memberships. Undefined of who has not come back.
 */
export type ReturnedAt = (
  request: Pick<ErasureRequest, 'userId' | 'writtenBy'>,
) => Promise<EpochMillis | undefined>;

export function returnedAt(ledger: Pick<ConsentStore, 'last' | 'list'>): ReturnedAt {
  return async ({ userId, writtenBy }) => {
    const last = await ledger.last(userId);
    // The withdrawal of the erasure itself, or nothing at all.
    if (last === undefined || (last.decision !== 'granted' && last.decidedAt <= writtenBy)) return undefined;
    const entries = await ledger.list(userId);
    const isLater = ({ decision, decidedAt }: typeof last) => decision === 'granted' && decidedAt > writtenBy;
    const first = entries.toSorted((one, other) => one.entry - other.entry).find(isLater);
    // By a clock that is behind it may say an earlier time.
    return first?.decidedAt ?? (last.decision === 'granted' ? last.decidedAt : undefined);
  };
}

/** Up to when what there is belongs to the erasure: nothing begins between the end of the consent and the next one. */
export const meantUntil = (
  { writtenBy }: Pick<ErasureRequest, 'writtenBy'>,
  returned: EpochMillis | undefined,
  now: EpochMillis,
): EpochMillis => Math.max(writtenBy, returned === undefined ? now : returned - 1) as EpochMillis;
