import { Duration, type Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TokenProvider } from '../configuration/access.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { metricNamespace } from '../configuration/system-name.ts';
import { ChatApi } from '../constructs/chat-api.ts';
import { ChatFunction, type ChatFunctionProps, type FunctionCode } from '../constructs/chat-function.ts';
import { FixedRateSchedule } from '../constructs/fixed-rate-schedule.ts';
import type { AlarmProps, NamedAlarm } from '../operations/alarms.ts';
import { type LapseMetricProps, lapseMetric } from '../operations/lapse-metric.ts';
import type { DataStack } from '../stacks/data-stack.ts';
import { type Setting, type Settings, sessionSettings, settingsOf } from './settings.ts';

export type ChatSystemProps = {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly code: FunctionCode;
  readonly provider: TokenProvider;
};

export type FunctionOptions = Pick<ChatFunctionProps, 'timeoutSeconds' | 'memoryMegabytes'> & {
  /** Which of the operator's decisions it is told. */
  readonly settings?: readonly Setting[];
};

export type ActionOptions = FunctionOptions & {
  /** It does not ask for the consent of who has sent the frame. */
  readonly withoutConsent?: true;
};

type ScheduleOptions = FunctionOptions & {
  /** Each starts an invocation of its own; none: one starts, with the clock's event. */
  readonly inputs?: readonly object[];
};

/** What the features are added to: it makes their functions, and lets frames, clocks and operators in to them. */
export class ChatSystem {
  readonly stack: Stack;
  readonly configuration: Configuration;
  /** What holds data, and with it what a function may be granted. */
  readonly data: DataStack;
  readonly api: ChatApi;
  /** Of the metrics that the functions emit. */
  readonly namespace: string;
  readonly functions: ChatFunction[] = [];
  readonly alarms: NamedAlarm[] = [];
  private readonly code: FunctionCode;
  private readonly settings: Settings;

  constructor(stack: Stack, { configuration, data, code, provider }: ChatSystemProps) {
    this.stack = stack;
    this.configuration = configuration;
    this.data = data;
    this.code = code;
    this.api = new ChatApi(stack, 'Chat', configuration);
    this.namespace = metricNamespace(configuration.stage);
    this.settings = settingsOf(configuration, provider);
  }

  /** The function of that folder in `functions/`. It may write its log, and nothing else until something grants it. */
  addFunction(functionName: string, options: FunctionOptions = {}): ChatFunction {
    return this.make({ functionName, code: this.code, ...options }, options.settings);
  }

  /** Answers the frames of that action; a function has the name of its action. */
  addAction(action: string, options: ActionOptions = {}): ChatFunction {
    return this.addRoute(action, action, options);
  }

  /** Answers what comes by that route, at the rates that the operator allows and with the consent of who asks. */
  addRoute(
    route: string,
    functionName: string,
    { settings = [], withoutConsent, ...options }: ActionOptions = {},
  ): ChatFunction {
    const fn = this.addFunction(functionName, {
      ...options,
      settings: [...sessionSettings, 'limits', ...settings],
    });
    this.data.rateLimits.grant(fn, 'UpdateItem');
    if (withoutConsent !== true) this.data.consents.grant(fn, 'Query');
    this.api.addAction(route, fn);
    return fn;
  }

  /** Runs once in so many minutes, and reads from its stores what there is to do. */
  addScheduled(
    functionName: string,
    minutes: number,
    { inputs = [], ...options }: ScheduleOptions = {},
  ): ChatFunction {
    const fn = this.addFunction(functionName, options);
    new FixedRateSchedule(this.stack, `${fn.node.id}Schedule`, { fn, minutes, inputs });
    return fn;
  }

  /**
   * A command of the operator's: no route leads to it, only IAM principals may invoke it. The operator's tool finds it
   * by its name; the stack's own name keeps two deployments apart. What also comes by a route has the time of an action: others
   * wait so long for what is under way, and no longer.
   */
  addCommand(
    functionName: string,
    settings: readonly Setting[] = [],
    timeoutSeconds: 10 | 60 = 60,
  ): ChatFunction {
    const deployedName = `${this.stack.stackName}-${functionName}`;
    return this.make({ functionName, code: this.code, timeoutSeconds, deployedName }, settings);
  }

  /** Tells whom the operator named; nobody, and nothing is made, where nobody is named. */
  addAlarm(id: string, alarm: AlarmProps): void {
    this.alarms.push([id, alarm]);
  }

  /** Tells when a clock no longer runs the function, for one whose own metric would not say so. */
  addSilenceAlarm(fn: ChatFunction): void {
    this.addAlarm(`${fn.node.id}Silence`, {
      metric: fn.lambda.metricInvocations({ statistic: 'Sum', period: Duration.minutes(15) }),
      below: 1,
      section: 'function-silence',
      says: `The schedule does not run the function ${fn.node.id}`,
      silenceIsTrouble: true,
    });
  }

  metric(metric: Omit<LapseMetricProps, 'namespace'>): Metric {
    return lapseMetric({ ...metric, namespace: this.namespace });
  }

  /** Further decisions of the operator's. */
  tell(fn: ChatFunction, ...settings: readonly Setting[]): void {
    for (const setting of settings) fn.setEnvironment({ [setting]: this.settings[setting] });
  }

  /** To push to whoever is connected, and to drop the connections that are gone. */
  grantPush(fn: ChatFunction): void {
    fn.setEnvironment({ limits: this.settings.limits });
    this.data.connections.grant(fn, 'BatchGetItem', 'UpdateItem');
    this.grantLive(fn);
    this.api.grantManageConnections(fn);
  }

  /** To have large groups find a connection, or find it no more. */
  grantLive(fn: ChatFunction): void {
    this.data.live.grant(fn, 'Query', 'BatchWriteItem', 'UpdateItem');
  }

  /** To see whether somebody watches a room. */
  grantWatching(fn: ChatFunction): void {
    this.data.live.grant(fn, 'Query');
  }

  /** To have the large groups of those who are connected find them. */
  grantStayingLive(fn: ChatFunction): void {
    this.data.connections.grant(fn, 'BatchGetItem');
    this.grantLive(fn);
  }

  private make(props: ChatFunctionProps, settings: readonly Setting[] = []): ChatFunction {
    const fn = new ChatFunction(this.stack, constructId(props.functionName), props);
    fn.setEnvironment({ metricNamespace: this.namespace });
    this.tell(fn, ...settings);
    if (this.configuration.tracing) fn.trace();
    this.functions.push(fn);
    return fn;
  }
}

/** `SweepUploads` for `sweep-uploads`: what the deployed resources' ids begin with. CDK leaves `Default` out of them. */
function constructId(functionName: string): string {
  if (functionName === 'default') return 'DefaultRoute';
  return functionName.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
