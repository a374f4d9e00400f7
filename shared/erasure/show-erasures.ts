import type { Receipt } from '../protocol/erasure/table.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { ReceiptStore } from '../stores/privacy/receipt-store.ts';

export type OpenErasure = Pick<ErasureRequest, 'requestId' | 'state'> &
  ErasureRequest['target'] & { readonly requestedAt: string };

export type ErasureReport = {
  readonly userId: string;
  readonly open: readonly OpenErasure[];
  /** Oldest first. */
  readonly receipts: readonly Receipt[];
};

export async function showErasures(
  deps: { readonly requests: Pick<ErasureStore, 'list'>; readonly receipts: Pick<ReceiptStore, 'list'> },
  userId: string,
): Promise<ErasureReport> {
  const [requests, receipts] = await Promise.all([deps.requests.list(userId), deps.receipts.list(userId)]);
  return {
    userId,
    open: requests.map(({ requestId, state, target, requestedAt }) => ({
      ...target,
      requestId,
      state,
      requestedAt: new Date(requestedAt).toISOString(),
    })),
    receipts: receipts.toSorted((one, other) => one.finishedAt.localeCompare(other.finishedAt)),
  };
}
