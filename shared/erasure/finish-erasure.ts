import { type EndConnectionsDeps, endConnections } from '../connections/end-connections.ts';
import type { Receipt } from '../protocol/erasure/table.ts';
import type { PersonalStore } from '../protocol/personal-stores.ts';
import { type PushReceiptDeps, pushReceipt } from '../push/push-receipt.ts';
import { decodeConnection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type ErasureKey, type ErasureRequest, onlyDeleted } from '../stores/privacy/erasure-request.ts';
import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { ReceiptStore } from '../stores/privacy/receipt-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { isStillHeld } from './met-holds.ts';
import { receiptOf } from './receipt.ts';
import { concernedBy, firstStepAgain } from './steps.ts';

export type FinishErasureDeps = PushReceiptDeps &
  EndConnectionsDeps & {
    readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove'>;
    readonly holds: Pick<HoldStore, 'among'>;
    readonly requests: ErasureStore;
    readonly receipts: Pick<ReceiptStore, 'put'>;
    readonly queue: JobQueue<ErasureKey>;
    /** Those that this deployment has. */
    readonly stores: ReadonlySet<PersonalStore>;
    readonly proofSeconds: number;
    readonly reportSeconds: number;
    readonly now: Clock;
  };

/** What came meanwhile is given time to come to an end. */
const againSeconds = 30;

/**
 * The receipt is kept, then told, and only then the request is over: a crash tells it twice. There is none while
 * something is found that no hold keeps, or a store that came with a deployment has not been looked at.
 */
export async function finishErasure(deps: FinishErasureDeps, request: ErasureRequest): Promise<void> {
  const tallies = Object.values(request.tallies);
  const isUnseen = concernedBy(request.target).some(
    (store) => deps.stores.has(store) && request.tallies[store] === undefined,
  );
  if (isUnseen || tallies.some(({ found, held }) => found > held)) {
    if (await deps.requests.save(again(deps, request), request))
      await deps.queue.add(keyOf(request), againSeconds);
    return;
  }
  const isHeld = tallies.some(({ held }) => held > 0);
  const receipt = receiptOf(request, isHeld ? 'refused in part' : 'done', {
    stores: deps.stores,
    concerned: concernedBy(request.target),
    proofSeconds: deps.proofSeconds,
    reportSeconds: deps.reportSeconds,
    finishedAt: deps.now(),
  });
  const expiresAt = (epochSeconds(deps.now()) + deps.proofSeconds) as EpochSeconds;
  await deps.receipts.put(request.userId, receipt, expiresAt);
  await tell(deps, request, receipt);
  const { connections: _told, ...next } = again(deps, request);
  const refused = { ...next, state: 'refused in part', awaitsRelease: true } as const;
  if (!isHeld) await deps.requests.close(request);
  else if (await deps.requests.save(refused, request)) await goOnUnlessHeld(deps, request);
}

/** Every device of the user; those of an erased account, which the request has noted, are ended afterwards. */
async function tell(
  deps: FinishErasureDeps,
  { userId, connections: noted }: ErasureRequest,
  receipt: Receipt,
): Promise<void> {
  if (noted === undefined) return pushReceipt(deps, await deps.connections.listByUser(userId), receipt);
  const ending = noted.map((each) => decodeConnection(userId, each));
  await pushReceipt(deps, ending, receipt);
  const outcomes = await endConnections(deps, ending, 'ACCOUNT_ERASED');
  const failed = outcomes.find(({ status }) => status === 'rejected');
  // Their row is gone, and with it the clock's way to them: the job comes again.
  if (failed?.status === 'rejected') throw failed.reason;
}

/** A release that came before the note of it found nothing that waits: looked at after the write, one sees the other. */
async function goOnUnlessHeld(deps: FinishErasureDeps, request: ErasureRequest): Promise<void> {
  if (!(await isStillHeld(deps.holds.among, request))) await deps.queue.add(keyOf(request));
}

function again({ now }: FinishErasureDeps, request: ErasureRequest): ErasureRequest {
  const { after: _after, ...rest } = request;
  return {
    ...rest,
    tallies: onlyDeleted(request.tallies),
    step: firstStepAgain(request.target),
    updatedAt: now(),
    revision: request.revision + 1,
  };
}

function keyOf({ userId, target }: ErasureRequest): ErasureKey {
  return { userId, target };
}
