/** Of the stacks, and what distinguishes this deployment wherever an account has one namespace. */
export function systemName(stage: string | undefined): string {
  return stage === undefined ? 'Lapse' : `Lapse-${stage}`;
}

/** CloudWatch's namespaces are the account's: another stage's sweeper is none of this one's. */
export function metricNamespace(stage: string | undefined): string {
  return stage === undefined ? 'Lapse' : `Lapse/${stage}`;
}

/** The value of the tag by which a deployment's costs are told from another's. */
export function stageTag(stage: string | undefined): string {
  return stage ?? 'default';
}
