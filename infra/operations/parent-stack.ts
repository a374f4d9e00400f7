import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The stack that the operator deploys, also where this is in one that is nested in it. */
export function parentStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ?? stack;
}
