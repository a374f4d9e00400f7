import * as z from 'zod';
import { readable } from './readable.ts';
import type { Templates } from './templates.ts';

const list = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), item.transform((one) => [one])]);

const functionShape = z.object({
  Properties: z.object({
    Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
    Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
    Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
});

/** The only condition there is: the items of one partition of a table, or of those that begin alike. */
const keys = z.strictObject({ 'dynamodb:LeadingKeys': z.tuple([z.string()]) });
const onePartition = z.union([
  z.strictObject({ 'ForAllValues:StringEquals': keys }),
  z.strictObject({ 'ForAllValues:StringLike': keys }),
]);

const policyShape = z.object({
  Properties: z.object({
    Roles: z.array(z.object({ Ref: z.string() })),
    PolicyDocument: z.object({
      Statement: z.array(
        z.strictObject({
          Effect: z.literal('Allow'),
          Action: list(z.string()),
          Resource: list(z.unknown()),
          Condition: onePartition.exactOptional(),
        }),
      ),
    }),
  }),
});

type Deployed = {
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** The functions of the template by their `lapse:function` tag. */
export function functionsOf(templates: Templates): ReadonlyMap<string, Deployed> {
  const read = readable(templates);
  return new Map(
    Object.values(templates.chat.findResources('AWS::Lambda::Function')).map((resource) => {
      const { Role, Environment, Tags } = functionShape.parse(resource).Properties;
      const name = Tags.find(({ Key }) => Key === 'lapse:function')?.Value ?? 'untagged';
      const variables = Object.entries(Environment.Variables).map(([key, value]) => [key, read(value)]);
      return [name, { role: Role['Fn::GetAtt'][0], environment: Object.fromEntries(variables) }];
    }),
  );
}

/** Everything a function's role allows, as sorted `action on resource` lines; with the partition where it is one alone. */
export function allowedTo(templates: Templates, functionName: string): readonly string[] {
  const read = readable(templates);
  const role = functionsOf(templates).get(functionName)?.role;
  return Object.values(templates.chat.findResources('AWS::IAM::Policy'))
    .map((resource) => policyShape.parse(resource).Properties)
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource, Condition }) => {
      const [condition] = Object.values(Condition ?? {});
      const [partition] = condition?.['dynamodb:LeadingKeys'] ?? [];
      const where = partition === undefined ? '' : `, ${partition} alone`;
      return Action.flatMap((action) => Resource.map((resource) => `${action} on ${read(resource)}${where}`));
    })
    .toSorted();
}
