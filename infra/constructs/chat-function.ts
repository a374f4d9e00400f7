import { Duration, Tags } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type EnvironmentKey, environmentVariables } from '../../shared/runtime/environment.ts';
import { CustomerKey } from './customer-key.ts';
import { OneWeekLogGroup } from './one-week-log-group.ts';

/** Where the bundle of the function of that name is. */
export type FunctionCode = (functionName: string) => Code;

export type ChatFunctionProps = {
  /** The folder in `functions/`. */
  readonly functionName: string;
  readonly code: FunctionCode;
  /** Seconds; ten, as long as a frame may take, for all that a client waits for. */
  readonly timeoutSeconds?: number;
  /** 512 without it. */
  readonly memoryMegabytes?: number;
  /** A name to be invoked by; a generated one without it. */
  readonly deployedName?: string;
};

/** One Lambda function with a role and a log group of its own: it may write its log, and what stores grant it. */
export class ChatFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly timeout: Duration;
  readonly functionName: string;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: ChatFunctionProps) {
    super(scope, id);
    const logGroup = new OneWeekLogGroup(this, 'Logs', props.functionName);
    const key = CustomerKey.of(this)?.key;
    this.functionName = props.functionName;
    this.timeout = Duration.seconds(props.timeoutSeconds ?? 10);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      ...(props.deployedName !== undefined && { functionName: props.deployedName }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code(props.functionName),
      memorySize: props.memoryMegabytes ?? 512,
      timeout: this.timeout,
      role: this.role,
      logGroup,
      // Of an invocation that went well Lambda would write three lines of ids and times, the most of all logs.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(key !== undefined && { environmentEncryption: key }),
    });
    Tags.of(this.lambda).add('lapse:function', props.functionName);
  }

  /** Exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): void {
    this.role.addToPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /** At most so many instances, which are kept for it. */
  reserve(instances: number): void {
    const resource = this.lambda.node.defaultChild;
    if (resource instanceof CfnFunction) resource.reservedConcurrentExecutions = instances;
  }

  /** Lets it set itself to work again by a queue: Lambda stops such a chain after some sixteen runs otherwise. */
  allowRecursion(): void {
    const resource = this.lambda.node.defaultChild;
    if (resource instanceof CfnFunction) resource.recursiveLoop = RecursiveLoop.ALLOW;
  }

  /** Active tracing by AWS X-Ray, whose actions know no resource. */
  trace(): void {
    const resource = this.lambda.node.defaultChild;
    if (resource instanceof CfnFunction) resource.tracingConfig = { mode: 'Active' };
    this.allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']);
  }

  /** To wait for another function's answer. */
  grantInvoke(fn: ChatFunction, variable: EnvironmentKey): void {
    fn.allow(['lambda:InvokeFunction'], [this.lambda.functionArn]);
    fn.setEnvironment({ [variable]: this.lambda.functionName });
  }

  /** By the keys that a handler reads them by; a misspelt one does not compile. */
  setEnvironment(values: Readonly<Partial<Record<EnvironmentKey, string>>>): void {
    for (const [key, value] of Object.entries(values))
      this.lambda.addEnvironment(environmentVariables[key as EnvironmentKey].name, value);
  }
}
