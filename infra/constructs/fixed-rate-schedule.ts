import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ChatFunction } from './chat-function.ts';

export type FixedRateScheduleProps = {
  readonly fn: ChatFunction;
  readonly minutes: number;
  /** What each of several invocations is told; without any there is one, with the clock's own event. */
  readonly inputs: readonly object[];
};

/** EventBridge's own. */
const targetsPerRule = 5;

/** Runs a function once in so many minutes. */
export class FixedRateSchedule extends Construct {
  constructor(scope: Construct, id: string, { fn, minutes, inputs }: FixedRateScheduleProps) {
    super(scope, id);
    const targets =
      inputs.length === 0
        ? [new LambdaFunction(fn.lambda)]
        : inputs.map((input) => new LambdaFunction(fn.lambda, { event: RuleTargetInput.fromObject(input) }));
    for (let first = 0; first < targets.length; first += targetsPerRule)
      new Rule(this, first === 0 ? 'Rule' : `Rule${first / targetsPerRule + 1}`, {
        schedule: Schedule.rate(Duration.minutes(minutes)),
        targets: targets.slice(first, first + targetsPerRule),
      });
  }
}
