import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import type { EraseResult } from '../protocol/erasure/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ModerationStore } from '../stores/moderation/moderation-store.ts';
import { type ErasureKey, type ErasureRequest, onlyDeleted } from '../stores/privacy/erasure-request.ts';
import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import type { Moderation } from './authorize-erasure.ts';
import { type IsTargetOnHoldDeps, isTargetOnHold } from './is-target-on-hold.ts';

export type RequestErasureDeps = IsTargetOnHoldDeps & {
  readonly requests: ErasureStore;
  readonly queue: JobQueue<ErasureKey>;
  readonly now: Clock;
  readonly randomId: () => string;
};

const attempts = 10;

/**
 * Says each time whether they may, and by which standing where the message is somebody else's: what was decided by an earlier one is
 * not noted.
 */
export type Moderating = {
  readonly moderations: ModerationStore;
  readonly authorize: () => Promise<Moderation | undefined>;
};

/** Noted, then queued. Asked for once more while it is open, it is the same request and begins anew. */
export async function requestErasure(
  deps: RequestErasureDeps,
  userId: string,
  target: ErasureTarget,
  requestedBy: ErasureRequest['requestedBy'],
  moderating?: Moderating,
): Promise<EraseResult> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const moderation = await moderating?.authorize();
    const author = moderation?.author ?? userId;
    const state = (await isTargetOnHold(deps, { userId: author, target })) ? 'refused in part' : 'accepted';
    const before = await deps.requests.read({ userId, target });
    const now = deps.now();
    const request: ErasureRequest = {
      userId,
      target,
      ...(moderation !== undefined && { isModeration: true }),
      requestedBy,
      requestedAt: before?.requestedAt ?? now,
      requestId: before?.requestId ?? deps.randomId(),
      writtenBy: now,
      state,
      step: 0,
      tallies: onlyDeleted(before?.tallies ?? {}),
      ...(before?.connections && { connections: before.connections }),
      updatedAt: now,
      revision: (before?.revision ?? 0) + 1,
    };
    const isSaved =
      moderating === undefined || moderation === undefined
        ? await deps.requests.save(request, before)
        : await moderating.moderations.saveAsModerator(request, before, moderation);
    if (!isSaved) continue;
    await deps.queue.add({ userId, target });
    return { requestId: request.requestId, state };
  }
  throw new ProtocolError('CONFLICT');
}
