/** The AWS service behind each type of resource that can hold personal data, or that personal data passes through. */
export const holders: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'Amazon API Gateway',
  'AWS::Cognito::UserPool': 'Amazon Cognito',
  'AWS::Cognito::UserPoolReplica': 'Amazon Cognito',
  'AWS::DynamoDB::GlobalTable': 'Amazon DynamoDB',
  'AWS::DynamoDB::Table': 'Amazon DynamoDB',
  // Keeps every event, for a day at least; a bus of AWS::Events keeps none.
  'AWS::EventsV2::EventBus': 'Amazon EventBridge',
  'AWS::Kinesis::Stream': 'Amazon Kinesis',
  'AWS::KinesisFirehose::DeliveryStream': 'Amazon Data Firehose',
  'AWS::Logs::LogGroup': 'Amazon CloudWatch Logs',
  'AWS::S3::Bucket': 'Amazon S3',
  'AWS::SNS::Topic': 'Amazon SNS',
  'AWS::SQS::Queue': 'Amazon SQS',
};

/** Wiring, rights, schedules and alarms: nothing of a person is in them. Whatever is in neither list fails the synthesis. */
const wiring = [
  /^AWS::ApiGatewayV2::(ApiMapping|Authorizer|Deployment|DomainName|Integration|Route|RouteResponse|Stage)$/,
  /^AWS::ApiGateway::Account$/,
  /^AWS::ApplicationAutoScaling::/,
  /^AWS::Backup::Backup(Plan|Selection|Vault)$/,
  /^AWS::Budgets::Budget$/,
  /^AWS::CDK::Metadata$/,
  /^AWS::CE::Anomaly(Monitor|Subscription)$/,
  /^AWS::CertificateManager::Certificate$/,
  // Its resources stand in a template of its own: alarms.
  /^AWS::CloudFormation::Stack$/,
  /^AWS::CloudWatch::(Alarm|AnomalyDetector|CompositeAlarm|Dashboard)$/,
  /^AWS::Cognito::UserPool(Client|Domain|Group|ResourceServer)$/,
  /^AWS::Events::Rule$/,
  /^AWS::EventsV2::(ResourcePolicy|Subscriber)$/,
  /^AWS::IAM::/,
  /^AWS::KMS::/,
  /^AWS::Lambda::(Alias|EventInvokeConfig|EventSourceMapping|Function|LayerVersion|Permission|Version)$/,
  /^AWS::Logs::(MetricFilter|ResourcePolicy|SubscriptionFilter)$/,
  /^AWS::Route53::RecordSet$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::(Subscription|TopicPolicy)$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::Scheduler::/,
];

export const isWiring = (type: string): boolean => wiring.some((pattern) => pattern.test(type));
