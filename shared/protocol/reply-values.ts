import * as z from 'zod';

export const count = z.number().int().min(0);
export const seconds = count.describe('seconds since the epoch');
export const millis = count.describe('milliseconds since the epoch');
export const instant = z.iso.datetime();
export const requestId = z.string();

/** A value that frames have too, with what it means in a reply: a copy of its own. */
export function described<Schema extends z.core.$ZodType>(schema: Schema, description: string): Schema {
  const copy = z.core.clone(schema);
  z.globalRegistry.add(copy, { description });
  return copy;
}

/** Said by the ack alone: it is done. */
export const noResult = z.strictObject({});

export const push = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

type DeepReadonly<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** What the server sends, as its schema says: whoever has it does not change it. */
export type Sent<Schema extends z.core.$ZodType> = DeepReadonly<z.infer<Schema>>;

export type NoResult = Sent<typeof noResult>;
