import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { NodeSha256 } from '../shared/runtime/node-sha256.ts';
import type { InvokeFunction } from './invoke-function.ts';

/** Takes credentials and region where the AWS SDK takes them, and signs as the SDK signs. */
export function invokeDeployed(stackName: string, environment: NodeJS.ProcessEnv): InvokeFunction {
  return async (functionName, payload) => {
    const { region, credentials } = await account();
    const signer = new SignatureV4({ service: 'lambda', region, credentials, sha256: NodeSha256 });
    const endpoint = new URL(
      environment['AWS_ENDPOINT_URL_LAMBDA'] ?? `https://lambda.${region}.${urlSuffix(region)}`,
    );
    const path = `/2015-03-31/functions/${stackName}-${functionName}/invocations`;
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      headers: { host: endpoint.host, 'content-type': 'application/json' },
      body: payload,
    });
    try {
      return await fetch(new URL(path, endpoint), { method: 'POST', headers, body: payload });
    } catch {
      throw new StartupError(`${endpoint.host} cannot be reached`);
    }
  };
}

/** Of the partition. */
function urlSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

async function account() {
  const { config } = new DynamoDBClient({});
  try {
    return { region: await config.region(), credentials: await config.credentials() };
  } catch {
    throw new StartupError(
      '--stack needs AWS credentials and a region, e.g. from AWS_PROFILE and AWS_REGION; without --stack the local system is asked',
    );
  }
}
