/** A finding of cdk-nag that is so on purpose. */
export type Acknowledgement = {
  readonly rules: readonly string[];
  readonly reason: string;
  /** The constructs that it is about; without it, whatever the rules find anywhere. */
  readonly at?: readonly string[];
};

const everyPack = (rule: string): readonly string[] => [`HIPAA.Security-${rule}`, `NIST.800.53.R5-${rule}`];

const postAndDelete = (region: string): readonly string[] =>
  ['POST', 'DELETE'].map(
    (method) =>
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:${region}:<AWS::AccountId>:<ChatApi86739009>/v1/${method}/@connections/*]`,
  );

/** As the rule writes the objects of a bucket of the other stack. */
const objectsOf = (dataStack: string, bucket: string, prefix = ''): string =>
  `AwsSolutions-IAM5[Resource::${dataStack}:ExportsOutputFnGetAtt${bucket}/${prefix}*]`;

const mediaBucket = 'MediaBucket4022EBBFArnD921DB08';
const handoverBucket = 'HandoverBucket406E390FArn7ABA0E69';

/** Every rule that this system does not follow, and why. A finding that is not here fails the synthesis. */
export const acknowledgements = (region: string, system = 'Lapse'): readonly Acknowledgement[] => [
  {
    rules: ['AwsSolutions-DDB3', ...everyPack('DynamoDBPITREnabled'), ...everyPack('DynamoDBInBackupPlan')],
    reason:
      'A backup would bring back what was promised to be gone. What must not be lost by accident is protected from deletion and retained.',
  },
  {
    rules: [...everyPack('S3BucketVersioningEnabled'), ...everyPack('S3BucketReplicationEnabled')],
    reason:
      'An older version or a replica outlives the deletion of its object; a replica may leave the region.',
  },
  {
    rules: ['AwsSolutions-S1', ...everyPack('S3BucketLoggingEnabled')],
    reason:
      'Access logs of S3 hold the addresses of those who fetch media, and arrive hours late. CloudTrail data events, without addresses kept here, are the operator’s choice.',
  },
  {
    rules: [...everyPack('S3DefaultEncryptionKMS'), ...everyPack('CloudWatchLogGroupEncrypted')],
    reason:
      'Encrypted with the service’s own key by default, which costs nothing; `"encryption": "customer"` makes it a KMS key, and these findings go.',
  },
  {
    rules: ['Serverless-LambdaDLQ', ...everyPack('LambdaDLQ')],
    reason:
      'A dead-letter queue of a function holds whole events, with the content of messages in them, where no erasure reaches. Retries are a queue of ids.',
  },
  {
    rules: ['Serverless-LambdaEventSourceMappingDestination'],
    reason: 'The source is a queue with a dead-letter queue of its own, which holds the same ids.',
    at: ['RetryPush', 'DeliverRoom', 'CarryOutErasures', 'ApplyHolds', 'WriteExport'].map(
      (id) => `${system}-Chat/${id}`,
    ),
  },
  {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    reason: 'It is itself where what failed is noted: nothing consumes it but people.',
    at: [`${system}-Data/EventFailures`],
  },
  {
    rules: ['Serverless-SNSRedrivePolicy'],
    reason:
      'Only with `alarms.email`: Amazon SNS tries an address for an hour, and the alarm stays in alarm.',
  },
  {
    rules: ['Serverless-SQSRedrivePolicy'],
    reason: 'It is the dead-letter queue itself.',
    at: ['Retries', 'RoomWork', 'Erasures', 'HoldWork', 'Exports'].map(
      (id) => `${system}-Data/${id}/DeadLetters`,
    ),
  },
  {
    rules: ['Serverless-EventBusDLQ'],
    reason:
      'A schedule’s event carries nothing, and the next one, minutes later, does what a lost one did not.',
  },
  {
    rules: ['Serverless-LambdaTracing'],
    reason:
      'By option, `tracing`: X-Ray is one more sub-processor for what request ids in the logs, timings in the metrics and the access log show.',
  },
  {
    rules: ['AwsSolutions-IAM5[Resource::*]'],
    reason: 'Only with `"tracing": true`: the two actions of X-Ray that a function needs know no resource.',
  },
  {
    rules: [...everyPack('SNSEncryptedKMS')],
    reason:
      'Only with `alarms.email`: CloudWatch cannot publish to a topic under the key of AWS, and what alarms say is names and numbers.',
  },
  {
    rules: [...everyPack('LambdaConcurrency')],
    reason:
      'By option, `concurrency`: reserved concurrency is taken from what the account has for everything else. The stage’s throttling bounds what comes in.',
  },
  {
    rules: [...everyPack('LambdaInsideVPC')],
    reason:
      'The functions talk to AWS’s own endpoints alone, by TLS and IAM. A VPC would add NAT or endpoints, at 7 to 30 dollars a month each, and hold nothing off.',
  },
  {
    rules: [...everyPack('IAMNoInlinePolicy')],
    reason:
      'Each role belongs to one function and its rights to nobody else: an inline policy goes when the role goes and cannot be attached elsewhere.',
  },
  {
    rules: postAndDelete(region),
    reason:
      'A connection’s id is made when it connects: the right is to post to, and to close, any connection of this one stage.',
  },
  {
    rules: [
      objectsOf(`${system}-Data`, 'ExportFilesBucket8C0C8A83Arn72ECD6A7'),
      objectsOf(`${system}-Data`, 'ReportedMediaBucketD3B1136AArn4A88A5B6'),
      objectsOf(`${system}-Data`, mediaBucket, 'media/'),
      objectsOf(`${system}-Data`, mediaBucket, 'incoming/'),
      objectsOf(`${system}-Data`, handoverBucket, 'media/'),
      objectsOf(`${system}-Data`, handoverBucket, 'incoming/'),
    ],
    reason:
      'The names of objects are made when they are written: the right ends at this one bucket, or at one prefix of it.',
  },
  {
    rules: ['AwsSolutions-APIG4'],
    reason:
      'WebSocket APIs authorize `$connect` alone, which has an authorizer. Its answer stays with the connection, and every function asks it who sends.',
  },
  {
    rules: ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'],
    reason:
      'Off unless the operator asks for it with `"accessLog": true`: API Gateway writes it with a role that a fresh account lacks, and without it the first deployment fails.',
  },
  {
    rules: ['AwsSolutions-COG2', 'AwsSolutions-COG8'],
    reason:
      'The pool is for operators without an issuer of their own, and only they make users. A second factor is each user’s choice: whoever must have one cannot sign in before an app offers it. The plus plan, at a price per user, is theirs to switch on.',
  },
];
