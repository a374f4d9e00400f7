import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../shared/runtime/metrics.ts';
import type { ChatApi } from '../constructs/chat-api.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';
import type { StoreTable } from '../constructs/store-table.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { lapseMetric } from './lapse-metric.ts';
import { parentStack } from './parent-stack.ts';

export type DashboardProps = {
  readonly alarms: readonly Alarm[];
  readonly namespace: string;
  readonly api: ChatApi;
  readonly functions: readonly ChatFunction[];
  readonly tables: readonly StoreTable<string>[];
  readonly retries: WorkQueue | undefined;
};

const graph = (title: string, left: readonly IMetric[]): IWidget =>
  new GraphWidget({ title, left: [...left], width: 8, height: 6 });

/** One page, from the outside to the inside: alarms, traffic, pushes, functions, the promise. */
export function dashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { alarms, namespace, api, functions, tables, retries } = props;
  const { stackName, region } = parentStack(scope);
  const measured = (name: MetricName, statistic: 'Sum' | 'Maximum') =>
    lapseMetric({ namespace, name, statistic });
  return new Dashboard(scope, 'Dashboard', {
    // Dashboards are the account's, whatever the region.
    dashboardName: `${stackName}-${region}`,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 6 })],
      [
        graph('Connections and frames', [api.metric('ConnectCount'), api.metric('MessageCount')]),
        graph('Refused and failed', [
          api.metric('ClientError'),
          api.metric('ExecutionError'),
          api.metric('IntegrationError'),
        ]),
        graph('Handshakes', [measured('RefusedHandshakes', 'Sum'), measured('AuthorizerErrors', 'Sum')]),
      ],
      [
        graph('Pushes to be tried again', [measured('FanOutFailures', 'Sum')]),
        ...(retries === undefined
          ? []
          : [
              graph('Retry queue', [retries.depth, retries.deadLetterDepth]),
              graph('Oldest push', [retries.age]),
            ]),
      ],
      [
        graph(
          'Duration, 95th percentile',
          functions.map(({ lambda }) => lambda.metricDuration({ statistic: 'p95' })),
        ),
        graph(
          'Errors (of authorize: refusals too)',
          functions.map(({ lambda }) => lambda.metricErrors()),
        ),
        graph(
          'Throttles',
          functions.map(({ lambda }) => lambda.metricThrottles()),
        ),
      ],
      [
        graph('Throttled reads of tables and their indexes', throttlesOf(tables, 'Read')),
        graph('Throttled writes of tables and their indexes', throttlesOf(tables, 'Write')),
      ],
      [
        graph('Oldest expired, oldest erasure (s)', [
          measured('OldestExpiredItemAge', 'Maximum'),
          measured('OldestOpenErasureAge', 'Maximum'),
        ]),
        graph('Oldest overdue connection, upload and zip, open export, walk of a hold (s)', [
          measured('OldestOverdueConnectionAge', 'Maximum'),
          measured('OldestOverdueUploadAge', 'Maximum'),
          measured('OldestOverdueExportAge', 'Maximum'),
          measured('OldestOpenExportAge', 'Maximum'),
          measured('OldestHoldWalkAge', 'Maximum'),
        ]),
        graph('Purged', [measured('PurgedMessages', 'Sum'), measured('PurgeFailures', 'Sum')]),
        graph('Sensitive data', [measured('SensitiveData', 'Sum')]),
      ],
    ],
  });
}

const throttlesOf = (tables: readonly StoreTable<string>[], kind: 'Read' | 'Write'): readonly IMetric[] =>
  tables.flatMap((table) =>
    [undefined, ...table.indexNames].map((index) =>
      table.throttles(kind, index).with({ label: [table.node.id, index ?? []].flat().join(' ') }),
    ),
  );
