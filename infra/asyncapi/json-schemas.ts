import * as z from 'zod';

export type JsonSchemas = Readonly<Record<string, z.core.JSONSchema.BaseSchema>>;

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** As AsyncAPI takes its schemas, JSON Schema draft 7; each that is named stands once and is referred to. */
export function jsonSchemas(
  schemas: Readonly<Record<string, z.core.$ZodType>>,
  options: Pick<z.core.ToJSONSchemaParams, 'io' | 'override'>,
): JsonSchemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const uri = (name: string) => schemaRef(name).$ref;
  const converted = z.toJSONSchema(registry, { target: 'draft-07', uri, ...options }).schemas;
  return Object.fromEntries(
    Object.entries(converted).map(([name, { $schema: _version, $id: _place, ...schema }]) => [name, schema]),
  );
}
