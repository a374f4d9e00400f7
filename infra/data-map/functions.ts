import * as z from 'zod';
import { mention, textOf } from './references.ts';
import { ofType, type Resource, read, type System } from './system.ts';

const functionShape = z.object({
  Role: z.unknown(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.unknown() })).default([]),
  Environment: z
    .object({ Variables: z.record(z.string(), z.unknown()).default({}) })
    .default({ Variables: {} }),
});

export type DeployedFunction = {
  readonly name: string;
  readonly resource: Resource;
  /** As `textOf` writes it. */
  readonly role: string;
  readonly environment: Readonly<Record<string, unknown>>;
};

export function functionsOf(system: System): readonly DeployedFunction[] {
  return ofType(system, 'AWS::Lambda::Function').map((resource) => {
    const { Role, Tags, Environment } = read(resource, functionShape);
    const folder = Tags.find(({ Key }) => Key === 'lapse:function')?.Value;
    return {
      name: typeof folder === 'string' ? folder : resource.id,
      resource,
      role: textOf(system, resource.stackName, Role),
      environment: Environment.Variables,
    };
  });
}

/** The name of the function that a text of `textOf` mentions. */
export function functionIn(system: System, text: string): string | undefined {
  return functionsOf(system).find(({ resource }) => text.includes(mention(resource.id)))?.name;
}
