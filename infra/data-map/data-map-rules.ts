import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { violationsOf } from './rules/rules.ts';
import { readSystem } from './system.ts';

/** Fails the synthesis where the template says other than what is promised. */
export class DataMapRules implements IPolicyValidationPlugin {
  readonly name = 'Lapse';
  private readonly regions: readonly string[];

  constructor(regions: readonly string[]) {
    this.regions = regions;
  }

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const system = readSystem(
      stackTemplates.map(({ stackConstructPath, templatePath, region = 'unknown' }) => ({
        stackName: stackConstructPath,
        region,
        template: JSON.parse(readFileSync(templatePath, 'utf8')),
      })),
    );
    const violations = violationsOf(system, { regions: this.regions });
    return {
      success: violations.length === 0,
      violations: violations.map(({ rule, resource, fault, fix }) => ({
        ruleName: rule,
        severity: 'error',
        description: `${resource.id} ${fault}: ${fix}`,
        fix,
        violatingResources: [
          {
            resourceLogicalId: basename(resource.id),
            locations: [],
            templatePath:
              stackTemplates.find(({ stackConstructPath }) => stackConstructPath === resource.stackName)
                ?.templatePath ?? '',
          },
        ],
      })),
    };
  }
}
