import { DescribeLogGroupsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type Readers, tagList } from './reader.ts';

export const logs: Readers = {
  'AWS::Logs::LogGroup': async ({ logs: client }, { physicalId }) => {
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physicalId }));
    const group = logGroups?.find(({ logGroupName }) => logGroupName === physicalId);
    const { tags } = await client.send(
      new ListTagsForResourceCommand({ resourceArn: group?.arn?.replace(/:\*$/, '') }),
    );
    return { RetentionInDays: group?.retentionInDays, Tags: tagList(tags) };
  },
};
