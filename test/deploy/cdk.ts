import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartupError } from '../../infra/local/process/startup-error.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import type { MiniStack } from './ministack/start.ts';

/** Runs the CDK CLI of this project against MiniStack; answers what it printed. */
export type Cdk = (...args: readonly string[]) => Promise<string>;

const program = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** The variables by which the AWS SDKs find MiniStack in place of AWS. */
export function sdkEnvironment({ endpoint, region, credentials, certificateFile }: MiniStack) {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CA_BUNDLE: certificateFile,
    NODE_EXTRA_CA_CERTS: certificateFile,
    AWS_EC2_METADATA_DISABLED: 'true',
    CI: 'true',
  };
}

export function cdkCli(miniStack: MiniStack): Cdk {
  return async (...args) => {
    const child = spawn(process.execPath, [program, ...args, '--no-notices', '--no-color'], {
      cwd: projectRoot,
      env: sdkEnvironment(miniStack),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, complaint, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    const output = `${printed}${complaint}`;
    if (code === 0) return output;
    throw new StartupError(`cdk ${args.join(' ')} ended with code ${String(code)}:\n${output.slice(-4000)}`);
  };
}
