import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Declaration, declarationKey } from './declaration.ts';

/** Writes the declaration into the template, onto the resource that the construct is or makes. */
export function declare(construct: IConstruct, declaration: Declaration): void {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!(resource instanceof CfnResource)) throw new Error(`${construct.node.path} is no single resource`);
  resource.addMetadata(declarationKey, declaration);
}
