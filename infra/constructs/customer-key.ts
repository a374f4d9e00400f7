import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const id = 'CustomerKey';

const reading = ['kms:Decrypt', 'kms:DescribeKey'];
const writing = [
  ...reading,
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];

/** Whoever can be allowed something: a function. */
type Grantee = {
  allow(actions: readonly string[], resources: readonly string[], conditions: Conditions): void;
};

/** The operator's own key for what one stack holds: it rotates every year, and stays when the stack goes, as the data does. */
export class CustomerKey extends Construct {
  readonly key: IKey;

  constructor(stack: Stack) {
    super(stack, id);
    const key = new Key(this, 'Key', {
      description: `what ${stack.stackName} holds`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(logsOf(stack));
    this.key = key;
  }

  /** That of the stack which this construct is in; undefined where the services' own keys are used. */
  static of(scope: Construct): CustomerKey | undefined {
    const found = Stack.of(scope).node.tryFindChild(id);
    return found instanceof CustomerKey ? found : undefined;
  }

  grantRead(fn: Grantee, service: string): void {
    this.grant(fn, reading, service);
  }

  grantWrite(fn: Grantee, service: string): void {
    this.grant(fn, writing, service);
  }

  /** Only through that service: the key opens nothing that the function may not ask the service for. */
  private grant(fn: Grantee, actions: readonly string[], service: string): void {
    const { region, urlSuffix } = Stack.of(this);
    fn.allow(actions, [this.key.keyArn], {
      StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` },
    });
  }
}

/** CloudWatch Logs uses the key by itself, and only for the log groups of the stack. */
function logsOf(stack: Stack): PolicyStatement {
  const groups = stack.formatArn({ service: 'logs', resource: `log-group:${stack.stackName}-*` });
  return new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
  });
}
