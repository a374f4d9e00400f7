import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ChatFunction } from './chat-function.ts';

/** Runs a function once in so many minutes. */
export class FixedRateSchedule extends Construct {
  constructor(scope: Construct, id: string, fn: ChatFunction, minutes: number) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', { schedule: Schedule.rate(Duration.minutes(minutes)) });
    rule.addTarget(new LambdaFunction(fn.lambda));
  }
}
