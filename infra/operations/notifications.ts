import { Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { declare } from '../data-map/declare.ts';

export type Recipients = { readonly email?: string | undefined; readonly topicArn?: string | undefined };

/** Whom an alarm tells: the operator's topic, and one of our own where there is an address to send to. */
export function notifications(scope: Construct, { email, topicArn }: Recipients): readonly IAlarmAction[] {
  const topics = [
    ...(topicArn === undefined ? [] : [Topic.fromTopicArn(scope, 'OwnTopic', topicArn)]),
    ...(email === undefined ? [] : [addressedTopic(scope, email)]),
  ];
  return topics.map((topic) => new SnsAction(topic));
}

/** Not encrypted by AWS's own key, to which CloudWatch has no access: what alarms say is names and numbers. */
function addressedTopic(scope: Construct, email: string): Topic {
  const topic = new Topic(scope, 'Topic', { enforceSSL: true });
  declare(topic, {
    name: 'alarms',
    kinds: ['ids'],
    purpose: 'tells the operator of alarms, which say names and numbers',
    life: 'until it is delivered',
    deletion: 'nothing is kept',
  });
  topic.addSubscription(new EmailSubscription(email));
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
