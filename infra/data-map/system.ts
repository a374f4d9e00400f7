import * as z from 'zod';
import { type Declaration, declarationKey, declarationSchema } from './declaration.ts';
import { type Recipient, recipientKey, recipientSchema } from './recipient.ts';
import { holders } from './resource-types.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
});

/** A template as CloudFormation has it, synthesized or deployed. */
export type StackTemplate = {
  readonly stackName: string;
  readonly region: string;
  readonly template: unknown;
};

export type Resource = {
  /** `stack/logicalId`. */
  readonly id: string;
  readonly stackName: string;
  readonly region: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Absent where nobody declared it, or not in full. */
  readonly declaration: Declaration | undefined;
  /** Of a function that tells somebody outside of these stacks. */
  readonly recipient?: Recipient;
};

/** All stacks together, since one refers to what another exports. */
export type System = {
  readonly resources: readonly Resource[];
  /** What the stacks export, by its name: the value, and the stack in which it is to be read. */
  readonly exports: ReadonlyMap<string, { readonly stackName: string; readonly value: unknown }>;
};

export function readSystem(stacks: readonly StackTemplate[]): System {
  const parsed = stacks.map((stack) => ({ ...stack, template: templateSchema.parse(stack.template) }));
  return {
    resources: parsed.flatMap(({ stackName, region, template }) =>
      Object.entries(template.Resources).map(([logicalId, { Type, Properties, Metadata }]) => ({
        id: `${stackName}/${logicalId}`,
        stackName,
        region,
        type: Type,
        properties: Properties,
        declaration: declarationSchema.safeParse(Metadata[declarationKey]).data,
        ...(Metadata[recipientKey] !== undefined && {
          recipient: recipientSchema.parse(Metadata[recipientKey]),
        }),
      })),
    ),
    exports: new Map(
      parsed.flatMap(({ stackName, template }) =>
        Object.values(template.Outputs).flatMap(({ Value, Export }) =>
          Export === undefined ? [] : [[Export.Name, { stackName, value: Value }] as const],
        ),
      ),
    ),
  };
}

export const ofType = ({ resources }: System, ...types: readonly string[]): readonly Resource[] =>
  resources.filter(({ type }) => types.includes(type));

export const holdersOf = ({ resources }: System): readonly Resource[] =>
  resources.filter(({ type }) => holders[type] !== undefined);

/** What a rule or a row needs of a resource; a template that says it otherwise cannot be judged. */
export function read<T>(resource: Resource, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${resource.type} ${resource.id}: ${issue?.path.join('.')}: ${issue?.message}`);
}
