import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { Acknowledgement } from './nag-acknowledgements.ts';

export const nagPacks = (app: App) => [
  new AwsSolutionsChecks(app, { verbose: true }),
  new ServerlessChecks(app, { verbose: true }),
  new HIPAASecurityChecks(app, { verbose: true }),
  new NIST80053R5Checks(app, { verbose: true }),
];

/** What the packs find and nobody has acknowledged fails the synthesis. */
export function checkWithNag(app: App, acknowledgements: readonly Acknowledgement[]): void {
  for (const { rules, reason, at } of acknowledgements) {
    for (const scope of at === undefined ? [app] : at.flatMap((path) => constructAt(app, path))) {
      // Validations.acknowledge takes no id with `::` in it, which the findings about rights have.
      for (const rule of rules)
        scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [rule]: reason });
    }
  }
  Validations.of(app).addPlugins(...nagPacks(app));
}

/** None where this configuration has no such construct. */
function constructAt(app: App, path: string): readonly IConstruct[] {
  let found: IConstruct | undefined = app;
  for (const id of path.split('/')) found = found?.node.tryFindChild(id);
  return found === undefined ? [] : [found];
}
