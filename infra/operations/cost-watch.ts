import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { Construct } from 'constructs';
import { stageTag } from '../configuration/system-name.ts';
import type { Recipients } from './notifications.ts';
import { parentStack } from './parent-stack.ts';

export type CostWatchProps = {
  readonly monthlyUsd?: number | undefined;
  readonly anomalyUsd?: number | undefined;
  readonly stage: string | undefined;
  readonly recipients: Recipients;
};

const tag = 'lapse:stage';

/** Tells of the bill: what bears the stage's tag, once the tag is activated for cost allocation. */
export class CostWatch extends Construct {
  constructor(scope: Construct, id: string, props: CostWatchProps) {
    super(scope, id);
    const { monthlyUsd, anomalyUsd } = props;
    if (monthlyUsd !== undefined) this.budget(props, monthlyUsd);
    if (anomalyUsd !== undefined) this.anomaly(props, anomalyUsd);
  }

  private budget({ stage, recipients }: CostWatchProps, monthlyUsd: number): void {
    const subscribers = subscribersOf(recipients);
    const told = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${tag}$${stageTag(stage)}`] },
      },
      notificationsWithSubscribers: [told('ACTUAL', 80), told('FORECASTED', 100)],
    });
  }

  private anomaly({ stage, recipients }: CostWatchProps, anomalyUsd: number): void {
    const { stackName, region } = parentStack(this);
    const monitor = new CfnAnomalyMonitor(this, 'Monitor', {
      monitorName: `${stackName}-${region}`,
      monitorType: 'CUSTOM',
      monitorSpecification: JSON.stringify({ Tags: { Key: tag, Values: [stageTag(stage)] } }),
    });
    new CfnAnomalySubscription(this, 'Anomalies', {
      subscriptionName: `${stackName}-${region}`,
      monitorArnList: [monitor.ref],
      // Cost Anomaly Detection tells a topic at once, and an address once a day.
      frequency: recipients.topicArn === undefined ? 'DAILY' : 'IMMEDIATE',
      subscribers: subscribersOf(recipients).map(({ address, subscriptionType: type }) => ({
        address,
        type,
      })),
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(anomalyUsd)],
        },
      }),
    });
  }
}

/** The topic, where there is one: both services would send the address the same a second time. */
function subscribersOf({ email, topicArn }: Recipients) {
  if (topicArn !== undefined) return [{ address: topicArn, subscriptionType: 'SNS' }];
  return email === undefined ? [] : [{ address: email, subscriptionType: 'EMAIL' }];
}
