import { randomUUID } from 'node:crypto';
import { localAccountId } from '../model/local-identity.ts';
import type { InvocationResult, Invoke } from '../model/model.ts';
import type { LocalSchedule } from '../model/system-model.ts';
import { nextRun } from './next-run.ts';

/** Calls back once at about the given instant; returns what cancels it. */
type Timer = (atMs: number, callback: () => void) => () => void;

export type ScheduleOptions = {
  readonly invoke: Invoke;
  readonly region: string;
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
  readonly timer?: Timer;
};

export type Schedules = {
  /** Runs what this function (or the schedule of this name) is started with at once, and gives what was answered first, or what failed. */
  fire(name: string): Promise<InvocationResult>;
  /** Waits for the runs under way. */
  stop(): Promise<void>;
};

const longestTimeoutMs = 2 ** 31 - 1;

const realTimer: Timer = (atMs, callback) => {
  const handle = setTimeout(callback, Math.min(Math.max(atMs - Date.now(), 0), longestTimeoutMs));
  return () => clearTimeout(handle);
};

const scheduledEvent = (schedule: LocalSchedule, region: string, atMs: number): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: localAccountId,
  time: new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources: [`arn:aws:events:${region}:${localAccountId}:rule/${schedule.scheduleName}`],
  detail: {},
});

/** Fires every schedule of the template when it is due. */
export function runSchedules(schedules: readonly LocalSchedule[], options: ScheduleOptions): Schedules {
  const { invoke, region, onError, now = Date.now, timer = realTimer } = options;
  const running = new Set<Promise<InvocationResult>>();
  const cancels = new Map<LocalSchedule, () => void>();
  let stopped = false;

  async function run(schedule: LocalSchedule): Promise<InvocationResult> {
    const invocation = invoke(
      schedule.functionName,
      schedule.input ?? scheduledEvent(schedule, region, now()),
    );
    running.add(invocation);
    const result = await invocation.finally(() => running.delete(invocation));
    if (!result.ok)
      onError(new Error(`${schedule.functionName} (scheduled): ${result.errorType}: ${result.errorMessage}`));
    return result;
  }

  function plan(schedule: LocalSchedule, dueMs: number, next: (afterMs: number) => number): void {
    if (stopped || !Number.isFinite(dueMs)) return;
    const wake = () => {
      // A timer cannot be set further ahead than 24 days: wake up and look again.
      if (now() < dueMs) return plan(schedule, dueMs, next);
      void run(schedule).catch(onError);
      plan(schedule, next(Math.max(dueMs, now())), next);
    };
    cancels.set(schedule, timer(dueMs, wake));
  }

  for (const schedule of schedules) {
    const next = nextRun(schedule.expression);
    plan(schedule, next(now()), next);
  }

  return {
    async fire(name) {
      const meant = schedules.filter((one) => one.functionName === name || one.scheduleName === name);
      const results = await Promise.all(meant.map(run));
      const result = results.find(({ ok }) => !ok) ?? results[0];
      if (result === undefined) {
        throw new Error(
          `no schedule ${name}: choose one of ${schedules.map((one) => one.functionName).join(', ') || '(none)'}`,
        );
      }
      return result;
    },
    async stop() {
      stopped = true;
      for (const cancel of cancels.values()) cancel();
      await Promise.allSettled(running);
    },
  };
}
