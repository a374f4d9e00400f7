import type { ErasureRequest, Tally } from '../stores/privacy/erasure-request.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';

/** Whose, what and by when. */
export type ErasureMeaning = Pick<
  ErasureRequest,
  'userId' | 'target' | 'writtenBy' | 'connections' | 'heldIn' | 'isModeration'
> & {
  /** A look that an earlier release has noted knows none. */
  readonly requestId?: string;
  /** Once more, after what was under way has ended. */
  readonly isLate?: true;
};

/** What one piece of a step did, and to the media of messages; without `after` the step is over. */
export type BatchResult = Tally & { readonly after?: string; readonly media?: Tally } & Partial<
    Pick<ErasureRequest, 'connections' | 'writtenBy' | 'heldIn' | 'heldAuthor'>
  >;

/**
 * Erases a piece of what the request means in one store, from `after` on, and looks again at what is left of it. It asks for the
 * holds of that piece before it deletes: one that was answered before is known.
 * May be repeated: what is gone counts no more.
 */
export type Eraser = (
  request: ErasureMeaning,
  askHolds: AskHolds,
  after: string | undefined,
) => Promise<BatchResult>;

export const emptyTally: Tally = { deleted: 0, found: 0, held: 0 };

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    deleted: one.deleted + other.deleted,
    found: one.found + other.found,
    held: one.held + other.held,
  };
}
