type Place = { readonly region: string; readonly accountId: string };

/** What `Fn::GetAtt … Arn` is on AWS, made from the physical id and not taken from MiniStack's word. */
export function resourceArn({ region, accountId }: Place, type: string, physicalId: string): string {
  const regional = (service: string, resource: string) =>
    `arn:aws:${service}:${region}:${accountId}:${resource}`;
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return regional('dynamodb', `table/${physicalId}`);
    case 'AWS::SQS::Queue':
      return regional('sqs', physicalId.split('/').at(-1) ?? '');
    case 'AWS::Lambda::Function':
      return regional('lambda', `function:${physicalId}`);
    case 'AWS::Events::Rule':
      return regional('events', `rule/${physicalId}`);
    case 'AWS::Logs::LogGroup':
      return regional('logs', `log-group:${physicalId}:*`);
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${physicalId}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${accountId}:role/${physicalId}`;
    default:
      throw new Error(`test/deploy/resource-arn.ts does not know the ARN of ${type}`);
  }
}
