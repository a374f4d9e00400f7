import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ChatFunction } from '../constructs/chat-function.ts';
import type { NamedAlarm } from './alarms.ts';
import { authorizer } from './resource-alarms.ts';

const period = Duration.minutes(5);

/** Lambda sums up what all functions of the account do in the region: one metric in place of one for each function. */
const ofAllFunctions = (metricName: 'Errors' | 'Throttles'): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period });

/** Which function it is, the dashboard shows, and so does the command in the runbook. */
export function accountFunctionAlarms(functions: readonly ChatFunction[]): readonly NamedAlarm[] {
  const refusing = functions.find(({ node }) => node.id === authorizer);
  return [
    [
      'FunctionErrors',
      {
        metric: withoutRefusals(ofAllFunctions('Errors'), refusing),
        above: 2,
        section: 'function-errors',
        says: 'A function fails. The dashboard shows which one, under Errors',
      },
    ],
    [
      'FunctionThrottles',
      {
        metric: ofAllFunctions('Throttles'),
        above: 0,
        periods: 2,
        section: 'function-throttles',
        says: 'A function is not let run. The dashboard shows which one, under Throttles',
      },
    ],
  ];
}

const withoutRefusals = (errors: Metric, refusing: ChatFunction | undefined): IMetric =>
  refusing === undefined
    ? errors
    : new MathExpression({
        expression: 'errors - FILL(refusals, 0)',
        usingMetrics: { errors, refusals: refusing.lambda.metricErrors({ statistic: 'Sum', period }) },
        period,
      });

const dimensions = { Table: 'TableName', Index: 'GlobalSecondaryIndexName, TableName' };

/** DynamoDB has no such sum, but CloudWatch adds up by a query. The metric of a table leaves its indexes out. */
export const accountTableAlarms = (): readonly NamedAlarm[] =>
  (['Table', 'Index'] as const).flatMap((of) =>
    (['Read', 'Write'] as const).map((kind): NamedAlarm => {
      const schema = `SCHEMA("AWS/DynamoDB", ${dimensions[of]})`;
      const expression = `SELECT SUM(${kind}ThrottleEvents) FROM ${schema}`;
      return [
        `${of}${kind}Throttles`,
        {
          metric: new MathExpression({ expression, usingMetrics: {}, period }),
          above: 10,
          periods: 2,
          section: 'table-throttles',
          says: `DynamoDB turns ${kind.toLowerCase()}s of ${of === 'Table' ? 'a table' : 'an index'} away. The dashboard shows of which one`,
        },
      ];
    }),
  );
