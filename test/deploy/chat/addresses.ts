import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { AwsClients } from '../aws-clients.ts';
import type { DeployedStacks } from '../deployed-stacks.ts';

export type Addresses = { readonly CALLBACK_URL: string; readonly TOKEN_JWKS_URI: string };

/**
 * Two variables name hosts that only AWS answers: the API's own, and that of the keys of Cognito. Functions that have
 * them are given MiniStack's; answers what takes it back.
 */
export async function redirect(
  { lambda }: AwsClients,
  { resources }: DeployedStacks,
  addresses: Addresses,
): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = [];
  for (const { type, physicalId: FunctionName } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const deployed = Environment?.Variables ?? {};
    const known = Object.entries(addresses).filter(([name]) => deployed[name] !== undefined);
    if (known.length === 0) continue;
    const set = async (Variables: Record<string, string>) => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    };
    await set({ ...deployed, ...Object.fromEntries(known) });
    undo.push(async () => set(deployed));
  }
  return async () => {
    for (const step of undo) await step();
  };
}
