import type { Model } from '../system/model.ts';
import type { Cloud } from './cloud.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type ClocksDeps = {
  readonly model: Model;
  readonly cloud: Cloud;
  readonly time: Timeline;
  readonly random: Random;
  readonly faults: Faults;
  /** How likely DynamoDB deletes within a minute what is due; AWS promises days. */
  readonly timeToLive: number;
  /** Says who is at work meanwhile. */
  readonly as: (actor: string, act: () => void) => void;
};

const minute = 60_000;
const day = 86_400_000;

/** All that happens by the clock: schedules, time to live, the rules of buckets. */
export function startClocks({ model, cloud, time, random, faults, timeToLive, as }: ClocksDeps): void {
  for (const { functionName, expression, input = { source: 'aws.events' } } of model.schedules) {
    const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    const period = Number(count) * { minute, hour: 60 * minute, day }[unit as 'minute'];
    if (!(period > 0)) throw new Error(`this clock knows no ${expression}`);
    const tick = () => {
      if (!faults.happens('clock missed')) start(functionName, input);
      if (faults.happens('clock twice'))
        time.after(random.between(0, 5_000), () => start(functionName, input));
      time.after(period, tick);
    };
    time.after(random.between(0, period), tick);
  }
  every(minute, () => as('time to live', deleteDue));
  every(60 * minute, () => as('a rule of the bucket', deleteOld));

  /** As Lambda does with what nobody waits for: three attempts. */
  function start(functionName: string, input: unknown, attempt = 1): void {
    cloud.invoke(functionName, input, (outcome) => {
      if (!outcome.ok && attempt < 3)
        time.after(attempt * minute, () => start(functionName, input, attempt + 1));
    });
  }

  function every(period: number, act: () => void): void {
    time.after(period, () => {
      act();
      every(period, act);
    });
  }

  function deleteDue(): void {
    const now = Math.floor(time.now() / 1000);
    for (const { tableName, ttlAttribute } of model.tables) {
      if (ttlAttribute === undefined) continue;
      for (const item of [...cloud.database.items(tableName)]) {
        const end = item[ttlAttribute];
        if (typeof end === 'number' && end <= now && random.chance(timeToLive))
          cloud.database.remove(tableName, item);
      }
    }
  }

  function deleteOld(): void {
    for (const { bucket, key, object } of [...cloud.objects.all()]) {
      const isDue = (model.bucketRules.get(bucket) ?? []).some(
        ({ days, prefix, tags }) =>
          key.startsWith(prefix) &&
          tags.every(({ Key, Value }) => object.tags.get(Key) === Value) &&
          object.createdAt + days * day <= time.now(),
      );
      if (isDue && random.chance(0.5)) cloud.objects.remove(bucket, key);
    }
  }
}
