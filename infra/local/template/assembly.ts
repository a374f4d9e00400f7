import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { StartupError } from '../process/startup-error.ts';

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .object({
          templateFile: z.string().optional(),
          stackName: z.string().optional(),
          file: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

const resourceShape = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  DeletionPolicy: z.string().optional(),
});

const templateShape = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).optional(),
  Mappings: z.record(z.string(), z.unknown()).optional(),
  Conditions: z.record(z.string(), z.unknown()).optional(),
  Resources: z.record(z.string(), resourceShape).optional(),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .optional(),
});

const assetsShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

type Template = z.infer<typeof templateShape>;
export type TemplateResource = z.infer<typeof resourceShape>;

export type AssemblyStack = {
  readonly stackName: string;
  readonly region: string | undefined;
  readonly template: Template;
};

export type Assembly = {
  readonly stacks: readonly AssemblyStack[];
  /** Where an asset lies on this machine, by the object key under which a deployment would upload it. */
  readonly assetPaths: ReadonlyMap<string, string>;
};

const knownRegion = (environment: string | undefined): string | undefined => {
  const region = environment?.split('/').at(-1);
  return region === undefined || region === 'unknown-region' ? undefined : region;
};

/** Reads what `cdk synth` wrote. */
export function readAssembly(folder: string): Assembly {
  const read = <T>(file: string, shape: z.ZodType<T>): T => {
    try {
      return shape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    } catch (error) {
      throw new StartupError(
        `${join(folder, file)}: not a file of a cloud assembly (${firstLine(error)}); run \`npm run synth\``,
      );
    }
  };
  const stacks: AssemblyStack[] = [];
  const assetPaths = new Map<string, string>();
  for (const [id, artifact] of Object.entries(read('manifest.json', manifestShape).artifacts)) {
    if (artifact.type === 'aws:cloudformation:stack') {
      const template = read(artifact.properties?.templateFile ?? `${id}.template.json`, templateShape);
      const stackName = artifact.properties?.stackName ?? id;
      stacks.push({ stackName, region: knownRegion(artifact.environment), template });
    }
    if (artifact.type === 'cdk:asset-manifest') {
      for (const file of Object.values(read(artifact.properties?.file ?? `${id}.json`, assetsShape).files)) {
        for (const { objectKey } of Object.values(file.destinations))
          assetPaths.set(objectKey, resolve(folder, file.source.path));
      }
    }
  }
  return { stacks, assetPaths };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 120) ?? '';
