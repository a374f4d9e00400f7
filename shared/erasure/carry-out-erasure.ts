import type { ErasureKey, ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import { addTallies, type BatchResult, type Eraser, emptyTally } from './eraser.ts';
import { type FinishErasureDeps, finishErasure } from './finish-erasure.ts';
import { addMet, notingHolds } from './met-holds.ts';
import { type Erasers, type Step, stepsOf } from './steps.ts';

export type CarryOutErasureDeps = FinishErasureDeps & {
  readonly requests: ErasureStore;
  readonly queue: JobQueue<ErasureKey>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly erasers: Erasers;
  readonly endConsent: Eraser;
  readonly now: Clock;
  /** True once this invocation has to end. */
  readonly isOver: () => boolean;
};

/**
 * Goes on where the last delivery came to. Each batch is saved under the request's revision: a crash repeats one
 * batch, and of two deliveries one goes on.
 */
export async function carryOutErasure(deps: CarryOutErasureDeps, key: ErasureKey): Promise<void> {
  let request = await deps.requests.read(key);
  if (request === undefined) return;
  const steps = stepsOf(request.target, deps.erasers, deps.endConsent);
  for (let step = steps[request.step]; step !== undefined; step = steps[request.step]) {
    if (deps.isOver()) return deps.queue.add(key);
    const next = await afterBatch(deps, request, step);
    if (!(await deps.requests.save(next, request))) return;
    request = next;
  }
  await finishErasure(deps, request);
}

async function afterBatch(
  deps: CarryOutErasureDeps,
  request: ErasureRequest,
  { store, run }: Step,
): Promise<ErasureRequest> {
  const { after: before, awaitsRelease, heldConversations, ...rest } = request;
  const met = new Set<string>();
  const askHolds = notingHolds(deps.holds.among, met);
  const { deleted, found, held, after, media, ...noted }: BatchResult = await run(request, askHolds, before);
  const metSoFar = addMet(awaitsRelease === true ? [] : heldConversations, met);
  const tallies =
    store === undefined
      ? request.tallies
      : {
          ...request.tallies,
          [store]: addTallies(request.tallies[store] ?? emptyTally, { deleted, found, held }),
          ...(media !== undefined && {
            mediaObjects: addTallies(request.tallies.mediaObjects ?? emptyTally, media),
          }),
        };
  return {
    ...rest,
    ...noted,
    ...(metSoFar.length > 0 && { heldConversations: metSoFar }),
    tallies,
    step: after === undefined ? request.step + 1 : request.step,
    ...(after !== undefined && { after }),
    updatedAt: deps.now(),
    revision: request.revision + 1,
  };
}
