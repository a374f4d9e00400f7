import type { Resource, System } from '../system.ts';

/** What is wrong with a resource, and what to do about it. */
export type Violation = {
  readonly rule: string;
  readonly resource: Resource;
  readonly fault: string;
  readonly fix: string;
};

export type RuleContext = {
  /** Those that the operator's configuration names. */
  readonly regions: readonly string[];
};

export type Rule = (system: System, context: RuleContext) => readonly Violation[];
