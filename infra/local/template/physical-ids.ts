import { createHash } from 'node:crypto';
import type { TemplateResource } from './assembly.ts';

export type Place = {
  readonly region: string;
  readonly accountId: string;
  readonly urlSuffix: string;
  readonly partition: string;
};

/** What `Ref` gives, and what `Fn::GetAtt` gives by attribute. */
export type PhysicalId = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

type Naming = {
  readonly place: Place;
  /** `stack-logicalId`: unique in the account and the same on every run. */
  readonly name: string;
  /** A property of the resource, resolved. */
  readonly property: (name: string) => unknown;
};

/** Letters and digits as AWS would make them up, but the same on every run. */
const hashed = (text: string, length: number): string =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .slice(0, length);

const named = ({ property, name }: Naming, key: string): string => {
  const value = property(key);
  return typeof value === 'string' ? value : name;
};

const arn = ({ place }: Naming, service: string, resource: string): string =>
  `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;

const bucketName = (naming: Naming): string => {
  const name = named(naming, 'BucketName').toLowerCase();
  return name.length <= 63 ? name : `${name.slice(0, 52)}-${hashed(name, 10)}`;
};

/** The folder that the function was built from; the template says it in a tag because CloudFormation names are generated. */
const functionName = (naming: Naming): string => {
  const tags = naming.property('Tags');
  for (const tag of Array.isArray(tags) ? tags : []) {
    if (tag?.Key === 'lapse:function' && typeof tag.Value === 'string') return tag.Value;
  }
  return named(naming, 'FunctionName');
};

const table = (naming: Naming): PhysicalId => {
  const ref = named(naming, 'TableName');
  const tableArn = arn(naming, 'dynamodb', `table/${ref}`);
  return { ref, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
};

const makers: Readonly<Record<string, (naming: Naming) => PhysicalId>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (naming) => {
    const name = named(naming, 'QueueName');
    const { region, urlSuffix, accountId } = naming.place;
    const ref = `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;
    return { ref, attributes: { Arn: arn(naming, 'sqs', name), QueueName: name, QueueUrl: ref } };
  },
  'AWS::S3::Bucket': (naming) => {
    const ref = bucketName(naming);
    const { partition, region, urlSuffix } = naming.place;
    return {
      ref,
      attributes: {
        Arn: `arn:${partition}:s3:::${ref}`,
        DomainName: `${ref}.s3.${urlSuffix}`,
        RegionalDomainName: `${ref}.s3.${region}.${urlSuffix}`,
      },
    };
  },
  'AWS::Lambda::Function': (naming) => {
    const ref = functionName(naming);
    return { ref, attributes: { Arn: arn(naming, 'lambda', `function:${ref}`) } };
  },
  'AWS::Lambda::Version': (naming) => {
    const ref = `${arn(naming, 'lambda', `function:${nameInFunctionArn(String(naming.property('FunctionName')))}`)}:1`;
    return { ref, attributes: { Version: '1', FunctionArn: ref } };
  },
  'AWS::Lambda::Alias': (naming) => {
    const owner = nameInFunctionArn(String(naming.property('FunctionName')));
    return {
      ref: `${arn(naming, 'lambda', `function:${owner}`)}:${String(naming.property('Name'))}`,
      attributes: {},
    };
  },
  'AWS::ApiGatewayV2::Api': (naming) => {
    const ref = hashed(naming.name, 10);
    const { region, urlSuffix } = naming.place;
    return {
      ref,
      attributes: { ApiId: ref, ApiEndpoint: `wss://${ref}.execute-api.${region}.${urlSuffix}` },
    };
  },
  'AWS::ApiGatewayV2::Stage': (naming) => ({ ref: named(naming, 'StageName'), attributes: {} }),
  'AWS::Cognito::UserPool': (naming) => {
    const { region, urlSuffix } = naming.place;
    const ref = `${region}_${hashed(naming.name, 9)}`;
    const host = `cognito-idp.${region}.${urlSuffix}/${ref}`;
    return {
      ref,
      attributes: {
        Arn: arn(naming, 'cognito-idp', `userpool/${ref}`),
        ProviderName: host,
        ProviderURL: `https://${host}`,
        UserPoolId: ref,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': (naming) => {
    const ref = hashed(naming.name, 26);
    return { ref, attributes: { ClientId: ref, Name: naming.name } };
  },
  'AWS::KMS::Key': (naming) => {
    const ref = hashed(naming.name, 32);
    return { ref, attributes: { Arn: arn(naming, 'kms', `key/${ref}`), KeyId: ref } };
  },
  'AWS::SNS::Topic': (naming) => {
    const ref = arn(naming, 'sns', named(naming, 'TopicName'));
    return { ref, attributes: { TopicArn: ref, TopicName: named(naming, 'TopicName') } };
  },
};

/** `send` of `arn:…:function:send`, `arn:…:function:send:1` and `send`. */
export function nameInFunctionArn(nameOrArn: string): string {
  return /:function:([^:/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** The same id on every run, so that data kept on disk is found again. */
export function physicalId(
  place: Place,
  stackName: string,
  logicalId: string,
  resource: TemplateResource,
  property: (name: string) => unknown,
): PhysicalId {
  const naming: Naming = { place, name: `${stackName}-${logicalId}`, property };
  const made = makers[resource.Type]?.(naming);
  if (made !== undefined) return made;
  const service = resource.Type.split('::')[1]?.toLowerCase() ?? 'local';
  return { ref: naming.name, attributes: { Arn: arn(naming, service, naming.name) } };
}
