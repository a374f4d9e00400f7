import { NestedStack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import type { ChatApi } from '../constructs/chat-api.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';
import type { StoreTable } from '../constructs/store-table.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { accountFunctionAlarms, accountTableAlarms } from './account-alarms.ts';
import { makeAlarms, type NamedAlarm } from './alarms.ts';
import { CostWatch } from './cost-watch.ts';
import { dashboard } from './dashboard.ts';
import { notifications, type Recipients } from './notifications.ts';
import { deadLetterAlarms, functionAlarms, tableAlarms } from './resource-alarms.ts';

type Watch = (
  functions: readonly ChatFunction[],
  tables: readonly StoreTable<string>[],
) => readonly NamedAlarm[];

const watched = {
  account: (functions) => [...accountFunctionAlarms(functions), ...accountTableAlarms()],
  resources: (functions, tables) => [...functionAlarms(functions), ...tableAlarms(tables)],
} satisfies Record<string, Watch>;

export type OperationsProps = {
  readonly configuration: Pick<Configuration, 'costs' | 'stage'>;
  readonly recipients: Recipients;
  /** Whether functions and tables are watched together or one by one. */
  readonly watch: keyof typeof watched;
  /** Of the metrics that the functions emit. */
  readonly namespace: string;
  readonly api: ChatApi;
  /** What the features ask to be told of. */
  readonly alarms: readonly NamedAlarm[];
  readonly functions: readonly ChatFunction[];
  readonly tables: readonly StoreTable<string>[];
  /** Of long work; that of the pushes has alarms of its own. */
  readonly queues: readonly WorkQueue[];
  /** Absent where messages are not stored. */
  readonly retries: WorkQueue | undefined;
};

/** What the one on call sees, and is told of. */
export class Operations extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { configuration, recipients, functions, tables, queues } = props;
    // With an alarm for each function, table and index there would be more than the 500 resources that a stack may have.
    const place = props.watch === 'resources' ? new NestedStack(this, 'Watched') : this;
    this.alarms = makeAlarms(
      place,
      [...props.alarms, ...watched[props.watch](functions, tables), ...deadLetterAlarms(queues)],
      notifications(this, recipients),
    );
    dashboard(place, { ...props, alarms: this.alarms });
    new CostWatch(this, 'Costs', { ...configuration.costs, stage: configuration.stage, recipients });
  }
}
