import type { CheckRunner } from '../support/check-runner.ts';
import type { AwsClients } from './aws-clients.ts';
import type { Cdk } from './cdk.ts';
import type { DeployedStacks } from './deployed-stacks.ts';
import type { MiniStack } from './ministack/start.ts';
import type { Tables } from './tables.ts';

/** What every stage of the test works with. */
export type DeployRun = {
  readonly runner: CheckRunner;
  readonly miniStack: MiniStack;
  readonly cdk: Cdk;
  readonly aws: AwsClients;
  /** As they were when the stage began. */
  readonly stacks: DeployedStacks;
  readonly tables: Tables;
};
