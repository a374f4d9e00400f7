import type { Node } from 'constructs';
import type { Configuration } from './configuration/configuration.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { parseConfiguration } from './configuration/parse-configuration.ts';
import { readConfigurationFile, readConfigurationText } from './configuration/read-configuration.ts';

/** `-c lapse='{…}'` in place of a file, `-c config=FILE` in place of ./lapse.config.json. */
export function configurationFrom(node: Node): Configuration {
  const inline: unknown = node.tryGetContext('lapse');
  if (inline !== undefined && node.tryGetContext('config') !== undefined)
    throw new ConfigurationError([
      'context config: allowed: only without context lapse, which stands in its place',
    ]);
  if (typeof inline === 'string') return readConfigurationText('context lapse', inline);
  if (inline !== undefined) return parseConfiguration('context lapse', inline);
  const file: unknown = node.tryGetContext('config') ?? 'lapse.config.json';
  if (typeof file === 'string' && file !== '') return readConfigurationFile(file);
  throw new ConfigurationError(['context config: allowed: the path of a configuration file']);
}

/**
 * The region to synthesize for: `-c region=…`, which has to be one of the operator's; else the one the CDK
 * CLI found (it falls back on us-east-1 by itself, so that it is only a hint); else the operator's first.
 */
export function regionFrom(node: Node, { regions }: Configuration): string {
  const asked: unknown = node.tryGetContext('region');
  if (asked !== undefined) return allowedRegion(regions, asked);
  const hint = process.env['CDK_DEFAULT_REGION'];
  return hint !== undefined && regions.includes(hint) ? hint : regions[0];
}

export function allowedRegion(regions: readonly string[], asked: unknown): string {
  if (typeof asked === 'string' && regions.includes(asked)) return asked;
  throw new ConfigurationError([`region ${String(asked)}: not in regions; allowed: ${regions.join(', ')}`]);
}

/** Not when the local system starts: it asks for speed with the CDK's own switch, and `cdk synth` has the last word. */
export function templateIsValidated(): boolean {
  return process.env['CDK_VALIDATION'] !== 'false';
}
