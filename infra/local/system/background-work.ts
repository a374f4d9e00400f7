import { sweepExpired } from '../dynamodb/sweep-expired.ts';
import type { Invoke } from '../model/model.ts';
import type { SystemModel } from '../model/system-model.ts';
import { type Repeating, repeat } from '../process/repeat.ts';
import { deliverQueue } from '../queues/deliver-queue.ts';
import { runSchedules, type Schedules } from '../schedules/run-schedules.ts';
import { deliverStream } from '../streams/deliver-stream.ts';
import type { Services } from './engines.ts';

export type BackgroundOptions = {
  readonly ttlSweep: boolean;
  readonly runSchedules: boolean;
  readonly onError: (error: unknown) => void;
};

export type BackgroundWork = Repeating & { readonly schedules: Schedules };

const pollQueuesEveryMs = 200;

/** Often enough to see it happen, far from AWS's promise of two days. */
const sweepEveryMs = 10_000;

export const sweep = (services: Services, model: SystemModel): Promise<number> =>
  sweepExpired(services.dynamodb.call, model.tables, Math.floor(Date.now() / 1000));

/** Starts everything that invokes functions or deletes without being asked: queues, schedules, time to live. */
export function startBackgroundWork(
  services: Services,
  model: SystemModel,
  invoke: Invoke,
  options: BackgroundOptions,
): BackgroundWork {
  const { region } = model;
  const { sqs, queueEndpoint } = services;
  const { onError } = options;
  const queues = model.queueSources.map((source) =>
    deliverQueue(
      { sqs, endpoint: queueEndpoint, region, invoke, onError, pollEveryMs: pollQueuesEveryMs },
      source,
    ),
  );
  const streaming = model.streamSources.map((source) =>
    deliverStream(
      {
        ...{ streams: services.streams, sqs, queueEndpoint, region, invoke, onError },
        pollEveryMs: pollQueuesEveryMs,
      },
      source,
    ),
  );
  const never = () => () => undefined;
  const timer = options.runSchedules ? {} : { timer: never };
  const schedules = runSchedules(model.schedules, { invoke, region, onError, ...timer });
  const sweeping: Repeating[] = options.ttlSweep
    ? [repeat(async () => void (await sweep(services, model)), { everyMs: sweepEveryMs, onError })]
    : [];
  const all: readonly Repeating[] = [schedules, ...queues, ...streaming, ...sweeping];
  return {
    schedules,
    stop: async () => {
      await Promise.all(all.map((work) => work.stop()));
    },
  };
}
