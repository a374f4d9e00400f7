import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnTable, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { add, first, type RuleCase } from './case.ts';

export const streams: readonly RuleCase[] = [
  [
    'a stream that nobody reads',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('StreamSpecification', {
        StreamViewType: StreamViewType.NEW_IMAGE,
      }),
    /Lapse-Data\/MessagesTable\w+ has a stream that keeps each change.*leave the stream out, or map it/,
  ],
  [
    'a Kinesis stream that nobody reads',
    ({ data }, id) => add(new Stream(data, id, { removalPolicy: RemovalPolicy.DESTROY })),
    /Lapse-Data\/Added\w+ has a stream that keeps each change/,
  ],
];
