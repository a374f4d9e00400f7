import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { parentStack } from './parent-stack.ts';

/** The sections of docs/runbook.md that alarms lead to. */
export type RunbookSection =
  | 'authorizer-errors'
  | 'dead-letters'
  | 'events'
  | 'expired-items'
  | 'fan-out-failures'
  | 'function-errors'
  | 'function-silence'
  | 'function-throttles'
  | 'hold-walks'
  | 'notifications'
  | 'open-erasures'
  | 'overdue-exports'
  | 'overdue-connections'
  | 'overdue-uploads'
  | 'reports'
  | 'retry-queue'
  | 'review-failures'
  | 'room-queue'
  | 'sensitive-data'
  | 'table-throttles';

export type AlarmProps = {
  readonly metric: IMetric;
  /** Alarms above it, or below it. */
  readonly above?: number;
  readonly below?: number;
  readonly section: RunbookSection;
  readonly says: string;
  /** How many periods running; one without it. */
  readonly periods?: number;
  /** Where silence is itself what is amiss. */
  readonly silenceIsTrouble?: boolean;
};

export type NamedAlarm = readonly [id: string, alarm: AlarmProps];

/** Alarms that all tell the same people, and each say which page to open. */
export function makeAlarms(
  scope: Construct,
  alarms: readonly NamedAlarm[],
  actions: readonly IAlarmAction[],
): readonly Alarm[] {
  return alarms.map(
    ([id, { metric, above, below, section, says, periods = 1, silenceIsTrouble = false }]) => {
      const alarm = new Alarm(scope, id, {
        alarmName: `${parentStack(scope).stackName}-${id}`,
        alarmDescription: `${says}. What to do: docs/runbook.md#${section}`,
        metric,
        threshold: above ?? below ?? 0,
        comparisonOperator:
          above === undefined
            ? ComparisonOperator.LESS_THAN_THRESHOLD
            : ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: periods,
        treatMissingData: silenceIsTrouble ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
      return alarm;
    },
  );
}
