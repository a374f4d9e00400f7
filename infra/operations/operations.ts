import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import type { ChatApi } from '../constructs/chat-api.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';
import type { RetryQueue } from '../constructs/retry-queue.ts';
import type { StoreTable } from '../constructs/store-table.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { CostWatch } from './cost-watch.ts';
import { dashboard } from './dashboard.ts';
import { notifications, type Recipients } from './notifications.ts';
import { watch } from './watch.ts';
import { watchFunctions } from './watch-functions.ts';
import { watchMessages } from './watch-messages.ts';
import { watchPrivacy } from './watch-privacy.ts';
import { watchTables } from './watch-tables.ts';
import { watchWork } from './watch-work.ts';

export type OperationsProps = {
  readonly configuration: Configuration;
  readonly recipients: Recipients;
  /** Of the metrics that the functions emit. */
  readonly namespace: string;
  readonly api: ChatApi;
  readonly functions: readonly ChatFunction[];
  readonly tables: readonly StoreTable[];
  readonly works: readonly WorkQueue[];
  /** Absent where messages are not stored. */
  readonly retries: RetryQueue | undefined;
};

/** What the one on call sees, and is told of. */
export class Operations extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { configuration, recipients } = props;
    const alarm = watch(this, notifications(this, recipients));
    this.alarms = [
      ...watchMessages(alarm, props),
      ...watchPrivacy(alarm, props),
      ...watchFunctions(alarm, props.functions),
      ...watchTables(alarm, props.tables),
      ...watchWork(alarm, props.works),
    ];
    dashboard(this, { ...props, alarms: this.alarms });
    new CostWatch(this, 'Costs', { ...configuration.costs, stage: configuration.stage, recipients });
  }
}
