import { BackupPlan, BackupPlanRule } from 'aws-cdk-lib/aws-backup';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { first, type RuleCase } from './case.ts';

export const backups: readonly RuleCase[] = [
  [
    'point-in-time recovery for longer than the retention',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 8,
      }),
    /Lapse-Data\/MessagesTable\w+ can be brought back from backups for 8 d, and 7 d is promised: .*`recoveryPeriodInDays`/,
  ],
  [
    'point-in-time recovery of the usual length',
    ({ data }) =>
      first(data, CfnTable, 'Profiles').addPropertyOverride('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: true,
      }),
    /Lapse-Data\/ProfilesTable\w+ can be brought back from backups for 35 d/,
  ],
  [
    'a backup plan that keeps for longer',
    ({ data }, id) => BackupPlan.daily35DayRetention(data, id),
    /Lapse-Data\/Added\w+ keeps backups for longer than the 7 d that are promised.*`deleteAfter`/,
  ],
  [
    'a backup plan that keeps for ever',
    ({ data }, id) => new BackupPlan(data, id, { backupPlanRules: [new BackupPlanRule({})] }),
    /Lapse-Data\/Added\w+ keeps backups for longer than the 7 d that are promised, or for ever/,
  ],
];
