import * as z from 'zod';
import { type Resource, read } from './system.ts';

const recovery = z
  .object({ PointInTimeRecoveryEnabled: z.boolean(), RecoveryPeriodInDays: z.number().default(35) })
  .optional();

const shape = z.object({
  PointInTimeRecoverySpecification: recovery,
  Replicas: z.array(z.object({ PointInTimeRecoverySpecification: recovery })).default([]),
});

/** For how many days point-in-time recovery can bring back what was deleted. */
export function backupDays(resource: Resource): number | undefined {
  const { Replicas, ...table } = read(resource, shape);
  const windows = [table, ...Replicas].flatMap(({ PointInTimeRecoverySpecification: spec }) =>
    spec?.PointInTimeRecoveryEnabled === true ? [spec.RecoveryPeriodInDays] : [],
  );
  return windows.length === 0 ? undefined : Math.max(...windows);
}
