import * as z from 'zod';
import { backupDays } from '../backups.ts';
import { period } from '../durations.ts';
import { promisedRetention } from '../promised-retention.ts';
import { holdersOf, ofType, read, type System } from '../system.ts';
import type { Rule } from './violation.ts';

const day = 86_400;

export const noBackupOutlivesThePromise: Rule = (system) =>
  holdersOf(system).flatMap((resource) => {
    const promised = promisedRetention(system, resource.declaration?.kinds ?? []);
    const days = backupDays(resource);
    if (promised === undefined || days === undefined || days * day <= promised) return [];
    return [
      {
        rule: 'backup-window',
        resource,
        fault: `can be brought back from backups for ${days} d, and ${period(promised)} is promised`,
        fix: 'switch point-in-time recovery off, or set a `recoveryPeriodInDays` within the retention',
      },
    ];
  });

const plan = z.object({
  BackupPlan: z.object({
    BackupPlanRule: z.array(
      z.object({
        RuleName: z.string().optional(),
        Lifecycle: z.object({ DeleteAfterDays: z.number().optional() }).default({}),
        CopyActions: z.array(z.unknown()).default([]),
      }),
    ),
  }),
});

/** A plan selects by tags, too: each is held to the shortest promise there is. */
export const noBackupPlanOutlivesThePromise: Rule = (system) =>
  ofType(system, 'AWS::Backup::BackupPlan').flatMap((resource) => {
    const promised = shortestPromise(system);
    const rules = read(resource, plan).BackupPlan.BackupPlanRule;
    const tooLong = rules.some(
      ({ Lifecycle: { DeleteAfterDays = Number.POSITIVE_INFINITY } }) => DeleteAfterDays * day > promised,
    );
    const copies = rules.some(({ CopyActions }) => CopyActions.length > 0);
    if (!tooLong && !copies) return [];
    return [
      {
        rule: 'backup-window',
        resource,
        fault: tooLong
          ? `keeps backups for longer than the ${period(promised)} that are promised, or for ever`
          : 'copies backups to another vault, which may be in any region',
        fix: 'set `deleteAfter` of each rule within the retention and copy to no other vault, or leave the plan out',
      },
    ];
  });

const shortestPromise = (system: System): number =>
  promisedRetention(system, ['message', 'profile']) ?? Number.POSITIVE_INFINITY;
