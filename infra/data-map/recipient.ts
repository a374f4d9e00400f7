import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import { dataKinds } from './declaration.ts';

/** Where a function of the template carries whom it tells, so that a deployed one carries it too. */
export const recipientKey = 'Lapse::Recipient';

export const recipientSchema = z.strictObject({
  /** Who it is, in the words of the operator. */
  name: z.string().min(1),
  /** The ARN that it is reached by. */
  address: z.string().min(1),
  kinds: z.tuple([z.enum(dataKinds)], z.enum(dataKinds)),
  /** What it is told, and what for. */
  purpose: z.string().min(1),
});

/** Somebody outside of these stacks who is told personal data, because the operator says so. */
export type Recipient = Readonly<z.infer<typeof recipientSchema>>;

/** Writes the recipient into the template, onto the function that the construct makes. A function has one at most. */
export function declareRecipient(construct: IConstruct, recipient: Recipient): void {
  const resource = construct.node.defaultChild;
  if (!(resource instanceof CfnResource)) throw new Error(`${construct.node.path} is no single resource`);
  resource.addMetadata(recipientKey, recipient);
}
