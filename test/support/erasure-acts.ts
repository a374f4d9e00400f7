import { authorizeErasure } from '../../shared/erasure/authorize-erasure.ts';
import { carryOutErasure } from '../../shared/erasure/carry-out-erasure.ts';
import { runRecheck } from '../../shared/erasure/recheck.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import type { ErasureTarget } from '../../shared/protocol/erasure/erasure-target.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { type erasureWorld, type Job, rooms } from './erasure-world.ts';
import { steadyRetention } from './steady-retention.ts';
import { direct, type Step } from './step.ts';

export type ErasureWorld = ReturnType<typeof erasureWorld>;

export const start = 1_000_000_000_000;
export const people = ['alice', 'bob'];

/** What a client may be told is no fault. */
function refused(error: unknown): void {
  if (!(error instanceof ProtocolError)) throw error;
}

export async function send(
  world: ErasureWorld,
  step: Step,
  now: () => number,
  userId: string,
  room: string,
  id: string,
) {
  // As the frame handler asks, in the same round trip.
  const consented = step(() => {
    const last = world.ledger.findLast((entry) => entry.userId === userId);
    if (last?.decision !== 'granted') throw new ProtocolError('CONSENT_REQUIRED');
    return undefined;
  });
  consented.catch(() => undefined);
  await sendMessage(
    { ...world.sendDeps(room, step, now), consented },
    { userId, connectionId: `${userId}-1` },
    { action: 'send', id, conversationId: room, content: { type: 'text', text: `text of ${userId}` } },
  ).catch(refused);
}

export async function ask(
  world: ErasureWorld,
  step: Step,
  now: () => number,
  userId: string,
  target: ErasureTarget,
) {
  const { conversations, messages } = world.sendDeps(
    'conversationId' in target ? target.conversationId : (rooms[0] ?? ''),
    step,
    now,
  );
  const deps = { conversations, messages, profilesStored: true, retention: steadyRetention(604_800, now) };
  await authorizeErasure(deps, userId, target)
    .then(async () => requestErasure(world.requestDeps(step, now), userId, target, 'user'))
    .catch(refused);
}

export async function work(world: ErasureWorld, step: Step, now: () => number, { job }: Job): Promise<void> {
  const deps = world.workDeps(step, now);
  await ('target' in job ? carryOutErasure(deps, job) : runRecheck(deps, job.lateLook));
}

/** The next job that is due. It is lost with the invocation: the schedule has to find what it was about. */
export function take(world: ErasureWorld, now: number): Job | undefined {
  const index = world.queue.findIndex(({ dueAt }) => dueAt <= now);
  return index < 0 ? undefined : world.queue.splice(index, 1)[0];
}

/** All that the schedule and the queue do by themselves, until nothing but holds keeps anything. */
export async function settle(world: ErasureWorld, clock: { now: number }): Promise<void> {
  const now = () => clock.now;
  for (let round = 0; round < 8; round += 1) {
    clock.now += 1_000_000;
    const deps = world.requestDeps(direct, now);
    await resumeErasures({ ...deps, looks: world.lookDeps(direct), isOver: () => false });
    const due = world.queue.filter(({ dueAt }) => dueAt <= clock.now).length;
    for (let each = 0; each < due; each += 1) {
      const job = take(world, clock.now);
      if (job === undefined) break;
      await work(world, direct, now, job);
    }
  }
}

export function expectReceipts(world: ErasureWorld): void {
  expect([...world.requests.values()]).toEqual([]);
  expect([...world.lateLooks.values()]).toEqual([]);
  expect(new Set(world.receipts.keys())).toEqual(new Set(world.saved.map(({ requestId }) => requestId)));
  expect(world.closed).toHaveLength(world.receipts.size);
  for (const { state, stores } of world.receipts.values()) {
    expect(state).toBe('done');
    expect(stores.filter(({ found, held }) => found + held > 0)).toEqual([]);
  }
  expect(JSON.stringify([world.saved, [...world.receipts.values()]])).not.toMatch(/text of|nickname/);
}
