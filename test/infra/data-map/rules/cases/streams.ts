import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnTable, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { ChatFunction } from '../../../../../infra/constructs/chat-function.ts';
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
    'a stream of whole rows',
    ({ data }) =>
      first(data, CfnTable, 'Uploads').addPropertyOverride('StreamSpecification', {
        StreamViewType: StreamViewType.NEW_IMAGE,
      }),
    /Lapse-Data\/UploadsTable\w+ has a stream that keeps what is in its rows for a day/,
  ],
  [
    'a function that may put events on a bus, and nobody is named',
    ({ chat }) =>
      chat.node.children
        .filter((child) => child instanceof ChatFunction)
        .find(({ functionName }) => functionName === 'ping')
        ?.allow(['events:PutEvents'], ['arn:aws:events:ap-northeast-2:111122223333:event-bus/chat']),
    /Lapse-Chat\/Ping\w+ may hand over what it sees to somebody who is not on the data map/,
  ],
  [
    'a Kinesis stream that nobody reads',
    ({ data }, id) => add(new Stream(data, id, { removalPolicy: RemovalPolicy.DESTROY })),
    /Lapse-Data\/Added\w+ has a stream that keeps each change/,
  ],
];
