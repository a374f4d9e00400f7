import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import { type DataKind, dataKinds } from './declaration.ts';

/** Where a function of the template says who receives what it sends out of these stacks. */
export const recipientKey = 'Lapse::Recipient';

export const recipientSchema = z.strictObject({
  /** Its ARN. */
  bus: z.string().min(1),
  /** In the operator's words. */
  recipient: z.string().min(1),
  kinds: z.array(z.enum(dataKinds)).min(1),
});

export type Recipient = {
  readonly bus: string;
  readonly recipient: string;
  readonly kinds: readonly DataKind[];
};

/** Writes it into the template, onto the function. */
export function declareRecipient(fn: IConstruct, recipient: Recipient): void {
  const resource = fn.node.defaultChild;
  if (!(resource instanceof CfnResource)) throw new Error(`${fn.node.path} is no single resource`);
  resource.addMetadata(recipientKey, recipient);
}
