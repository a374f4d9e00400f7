import { CfnResource } from 'aws-cdk-lib';
import { CfnTable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { declarationKey } from '../../../../../infra/data-map/declaration.ts';
import { add, declared, first, partitionKey, type RuleCase } from './case.ts';

export const undeclared: readonly RuleCase[] = [
  [
    'a table that is not declared',
    ({ data }, id) => new Table(data, id, { partitionKey }),
    /Lapse-Data\/Added\w+ is not on the data map.*call declare\(/,
  ],
  [
    'a bucket that is not declared',
    ({ chat }, id) => new Bucket(chat, id),
    /Lapse-Chat\/Added\w+ is not on the data map.*call declare\(/,
  ],
  [
    'a queue that is not declared',
    ({ data }, id) => new Queue(data, id),
    /Lapse-Data\/Added\w+ is not on the data map/,
  ],
  [
    'a topic that is not declared',
    ({ data }, id) => new Topic(data, id),
    /Lapse-Data\/Added\w+ is not on the data map/,
  ],
  [
    'a declaration that leaves out how deletion reaches it',
    ({ data }) =>
      first(data, CfnTable).addMetadata(declarationKey, { name: 'x', kinds: ['ids'], purpose: 'y' }),
    /Lapse-Data\/\w+ is not on the data map, or not in full/,
  ],
  [
    'a data kind that nobody knows',
    ({ data }) =>
      first(data, CfnTable).addMetadata(declarationKey, { ...declared(['ids'], 'x'), kinds: ['location'] }),
    /is not on the data map, or not in full/,
  ],
  [
    'two stores of one name',
    ({ data }, id) => {
      add(new Table(data, `${id}One`, { partitionKey }), ['ids'], id);
      add(new Table(data, `${id}Two`, { partitionKey }), ['ids'], id);
    },
    /Lapse-Data\/AddedTwo\w+ has a name on the data map, Added, that another store has: declare it under a name of its own/,
  ],
  [
    'a type of resource that nobody has judged',
    ({ data }, id) => new CfnResource(data, id, { type: 'AWS::RDS::DBInstance' }),
    /Lapse-Data\/Added is of a type, AWS::RDS::DBInstance, .*infra\/data-map\/resource-types\.ts/,
  ],
];
