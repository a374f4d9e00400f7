import type { ErasedStore } from './erasure-by-store.ts';

/** Of each store how many items a second look has deleted; never 0. */
export type LateDeletions = Readonly<Partial<Record<ErasedStore, number>>>;

type Line = { readonly store: string };
/** What is read of a receipt. */
export type Told = { readonly requestId: string; readonly stores: readonly Line[] };

/** A receipt as it was given, and what has been deleted later on. */
export function amended<Receipt extends Told>(
  receipt: Receipt,
  late: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): Receipt {
  const deletions = late.get(receipt.requestId);
  if (deletions === undefined) return receipt;
  const stores = receipt.stores.map((line) => {
    const lateDeleted = deletions[line.store];
    return lateDeleted === undefined ? line : { ...line, lateDeleted };
  });
  return { ...receipt, stores };
}
