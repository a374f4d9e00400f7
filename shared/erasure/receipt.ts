import type { Receipt, ReceiptLine } from '../protocol/erasure/table.ts';
import { type PersonalStore, personalStores } from '../protocol/personal-stores.ts';
import {
  type ErasedStore,
  erasureByStore,
  proofLagSeconds,
  reportLagSeconds,
  type StoreErasure,
} from '../stores/privacy/erasure-by-store.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { EpochMillis } from '../time.ts';

export type ReceiptOptions = {
  /** Those that this deployment has. */
  readonly stores: ReadonlySet<PersonalStore>;
  readonly concerned: readonly ErasedStore[];
  readonly proofSeconds: number;
  /** How long what was reported is kept. */
  readonly reportSeconds: number;
  readonly finishedAt: EpochMillis;
};

/** The answer to an erasure: each store of the data map, what went, what a fresh look found, what ages out when. */
export function receiptOf(
  request: ErasureRequest,
  state: Receipt['state'],
  options: ReceiptOptions,
): Receipt {
  const { requestId, requestedBy, requestedAt, target } = request;
  return {
    ...target,
    requestId,
    state,
    requestedBy,
    requestedAt: new Date(requestedAt).toISOString(),
    finishedAt: new Date(options.finishedAt).toISOString(),
    stores: personalStores.filter((store) => options.stores.has(store)).map((store) => line(store)),
  };

  function line(store: PersonalStore): ReceiptLine {
    const duty: StoreErasure = erasureByStore[store];
    const none = { deleted: 0, found: 0, held: 0 };
    const after = (seconds: number) => new Date(options.finishedAt + seconds * 1000).toISOString();
    if (duty.kind === 'ages out') return { store, outcome: duty.kind, ...none, until: after(duty.seconds) };
    if (duty.kind === 'kept')
      return { store, outcome: duty.kind, ...none, until: after(options.proofSeconds + proofLagSeconds) };
    const isReported = duty.kind === 'reported' || duty.andReported === true;
    if (isReported && target.scope !== 'profile') {
      const tally = isConcerned(store) ? (request.tallies[store] ?? none) : none;
      return { store, outcome: 'kept', ...tally, until: after(options.reportSeconds + reportLagSeconds) };
    }
    if (duty.kind === 'reported') return { store, outcome: 'not concerned', ...none };
    const tally = isConcerned(store) ? (request.tallies[store] ?? none) : undefined;
    if (tally === undefined) return { store, outcome: 'not concerned', ...none };
    const { strayedSeconds } = duty;
    return {
      store,
      outcome: tally.held > 0 ? 'held' : 'erased',
      ...tally,
      ...(strayedSeconds !== undefined && { until: after(strayedSeconds) }),
    };
  }

  function isConcerned(store: PersonalStore): store is ErasedStore {
    return options.concerned.some((each) => each === store);
  }
}
