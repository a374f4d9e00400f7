import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allowedRegion } from '../cdk-context.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { CustomerKey } from '../constructs/customer-key.ts';

export type LapseStackProps = {
  readonly region: string;
  readonly configuration: Configuration;
};

export type StackPurpose = {
  readonly description: string;
  /** Refuses to be deleted until the operator lifts that. */
  readonly terminationProtection?: boolean;
};

/** A stack in one of the operator's regions, whatever account; in any other it cannot be made. */
export abstract class LapseStack extends Stack {
  constructor(scope: Construct, id: string, purpose: StackPurpose, props: LapseStackProps) {
    super(scope, id, {
      ...purpose,
      env: { region: allowedRegion(props.configuration.regions, props.region) },
    });
    if (props.configuration.encryption === 'customer') new CustomerKey(this);
  }
}
