import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DEFAULT_CROSS_STACK_REFERENCES, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT } from 'aws-cdk-lib/cx-api';
import { bundle } from './bundle.ts';
import { configurationFrom, regionFrom, templateIsValidated } from './cdk-context.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { systemName } from './configuration/system-name.ts';
import { writeDataMap } from './data-map/write-data-map.ts';
import { lapse } from './lapse.ts';
import { acknowledgements } from './nag-acknowledgements.ts';
import { checkWithNag } from './nag-packs.ts';

const root = join(import.meta.dirname, '..');

function synthesize(): void {
  const app = new App({
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    context: { [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: true, [DEFAULT_CROSS_STACK_REFERENCES]: 'strong' },
  });
  const configuration = configurationFrom(app.node);
  const region = regionFrom(app.node, configuration);
  const bundles = readyBundles(app.node) ?? bundled();
  lapse(app, { configuration, region, code: (functionName) => Code.fromAsset(join(bundles, functionName)) });
  if (templateIsValidated()) checkWithNag(app, acknowledgements(region, systemName(configuration.stage)));
  writeDataMap(app.synth());
}

/** The local runtime keeps bundles by what they were made from; whoever deploys makes them. */
function readyBundles(node: App['node']): string | undefined {
  const folder: unknown = node.tryGetContext('bundles');
  return typeof folder === 'string' ? folder : undefined;
}

function bundled(): string {
  const folder = join(root, 'dist', 'functions');
  bundle(join(root, 'functions'), folder);
  return folder;
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  for (const fault of error.faults) process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}
