import { GetQueueAttributesCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { type Readers, tagList } from './reader.ts';

const defaultVisibilitySeconds = '30';

export const sqs: Readers = {
  'AWS::SQS::Queue': async ({ sqs: client }, { physicalId: QueueUrl }) => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const { Tags } = await client.send(new ListQueueTagsCommand({ QueueUrl }));
    const { VisibilityTimeout, RedrivePolicy } = Attributes;
    return {
      MessageRetentionPeriod: Attributes['MessageRetentionPeriod'],
      VisibilityTimeout: VisibilityTimeout === defaultVisibilitySeconds ? undefined : VisibilityTimeout,
      SqsManagedSseEnabled: Attributes['SqsManagedSseEnabled'],
      RedrivePolicy: RedrivePolicy === undefined ? undefined : JSON.parse(RedrivePolicy),
      FifoQueue: Attributes['FifoQueue'],
      Tags: tagList(Tags),
    };
  },
  'AWS::SQS::QueuePolicy': async ({ sqs: client }, { properties }) => {
    const [QueueUrl] = Array.isArray(properties['Queues']) ? properties['Queues'].map(String) : [];
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
    );
    return { Queues: [QueueUrl], PolicyDocument: JSON.parse(Attributes?.Policy ?? 'null') };
  },
};
