import * as z from 'zod';
import type { LocalFunction } from '../model/model.ts';
import { StartupError } from '../process/startup-error.ts';
import { ofType, readProperties, wholeNumber } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const functionShape = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  Timeout: wholeNumber.default(3),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .default({ Variables: {} }),
});

export function readFunctions(
  resources: readonly ResolvedResource[],
  assetPaths: ReadonlyMap<string, string>,
): readonly LocalFunction[] {
  return ofType(resources, 'AWS::Lambda::Function').map((resource) => {
    const { Code, Handler, Runtime, Timeout, Environment } = readProperties(resource, functionShape);
    const codePath = assetPaths.get(Code.S3Key);
    if (codePath === undefined)
      throw new StartupError(`template: no asset of the assembly is ${Code.S3Key} (${resource.ref})`);
    if (!Runtime.startsWith('nodejs'))
      throw new StartupError(`template: ${resource.ref} needs ${Runtime}; only Node.js runs here`);
    return {
      functionName: resource.ref,
      codePath,
      handler: Handler,
      environment: Environment.Variables,
      timeoutSeconds: Timeout,
    };
  });
}
