import { type RecordWithdrawalDeps, recordWithdrawal } from '../consent/record-withdrawal.ts';
import { encodeConnection } from '../stores/connections/connection.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import { type EpochMillis, epochSeconds } from '../time.ts';
import { type Eraser, emptyTally } from './eraser.ts';

export type EndConsentDeps = RecordWithdrawalDeps & {
  readonly ledger: Pick<ConsentStore, 'list' | 'expire'>;
  readonly proofSeconds: number;
};

/**
 * The first step of an account's erasure: from its end on no send or read begins, so what was written by then is all
 * there is, and nothing more is pushed to the sockets, which are noted to be told of the receipt. The ledger stays for the proof period, and from now on no longer. Whoever consents again meanwhile begins
 * anew: neither that line nor what they do from then on is meant.
 */
export function endConsent(deps: EndConsentDeps): Eraser {
  return async ({ userId, writtenBy: askedAt, connections: noted = [] }) => {
    // Not what was granted after it was asked for: a worker that comes late would take that back.
    const muted = (await recordWithdrawal(deps, userId, askedAt)).map(encodeConnection);
    // Before the look: what is granted after it is granted after this time.
    const endedAt = deps.now();
    const last = await deps.ledger.last(userId);
    const again = last?.decision === 'granted' ? last : undefined;
    const until = epochSeconds(deps.now() + deps.proofSeconds * 1000);
    for (const entry of await deps.ledger.list(userId)) {
      if (entry.entry <= (last?.entry ?? 0) && entry.entry !== again?.entry)
        await deps.ledger.expire(entry, until);
    }
    const writtenBy = Math.max(
      askedAt,
      Math.min(endedAt, (again?.decidedAt ?? Number.POSITIVE_INFINITY) - 1),
    );
    return {
      ...emptyTally,
      writtenBy: writtenBy as EpochMillis,
      connections: [...new Set([...noted, ...muted])],
    };
  };
}
