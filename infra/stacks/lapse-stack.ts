import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allowedRegion } from '../config.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { CustomerKey } from '../constructs/customer-key.ts';

export type LapseStackProps = {
  readonly region: string;
  readonly configuration: Configuration;
};

/** A stack in one of the operator's regions, whatever account; in any other it cannot be made. */
export abstract class LapseStack extends Stack {
  constructor(scope: Construct, id: string, description: string, props: LapseStackProps) {
    super(scope, id, {
      description,
      env: { region: allowedRegion(props.configuration.regions, props.region) },
    });
    if (props.configuration.encryption === 'customer') new CustomerKey(this);
  }
}
