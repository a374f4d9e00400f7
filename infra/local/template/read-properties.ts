import * as z from 'zod';
import { StartupError } from '../process/startup-error.ts';
import type { ResolvedResource } from './resolved-resources.ts';

/** The properties of a resource as the runtime needs them, or an error that names the resource and what is wrong. */
export function readProperties<T>(resource: ResolvedResource, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `${resource.type} ${resource.logicalId}`;
  throw new StartupError(
    `template ${resource.stackName}: ${where}: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

export const ofType = (
  resources: readonly ResolvedResource[],
  ...types: readonly string[]
): readonly ResolvedResource[] => resources.filter(({ type }) => types.includes(type));

/** CloudFormation takes numbers and booleans as text too. */
export const wholeNumber = z.coerce.number().int();

export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
