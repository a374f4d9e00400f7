import {
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import type { Readers } from './reader.ts';

export const events: Readers = {
  'AWS::Events::Rule': async ({ events: client }, { physicalId }) => {
    const Name = physicalId.split('/').at(-1);
    const { ScheduleExpression, State, Arn } = await client.send(new DescribeRuleCommand({ Name }));
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: Name }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: Arn }));
    return { ScheduleExpression, State, Targets, Tags };
  },
};
