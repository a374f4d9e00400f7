import * as z from 'zod';
import type { Templates } from './templates.ts';

const intrinsic = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref }) => named(Ref)),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((get) => named(get['Fn::GetAtt'][0])),
  z.object({ 'Fn::ImportValue': z.string() }),
]);
const joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(intrinsic)]) });

/** A template value as a person reads it: logical ids without their hash, imports followed to their export. */
export function readable({ data }: Templates): (value: unknown) => string {
  const exported = new Map(
    Object.values(
      z
        .record(z.string(), z.object({ Value: intrinsic, Export: z.object({ Name: z.string() }) }))
        .parse(data.findOutputs('*')),
    ).map((output) => [output.Export.Name, output.Value] as const),
  );
  const part = (value: z.infer<typeof intrinsic>): string => {
    if (typeof value === 'string') return value;
    const found = exported.get(value['Fn::ImportValue']);
    if (found === undefined) throw new Error(`no export ${value['Fn::ImportValue']}`);
    return part(found);
  };
  return (value) => {
    const join = joined.safeParse(value);
    return join.success ? join.data['Fn::Join'][1].map(part).join('') : part(intrinsic.parse(value));
  };
}

function named(logicalId: string): string {
  return logicalId.startsWith('AWS::') ? `{${logicalId.slice(5)}}` : logicalId.replace(/[0-9A-F]{8}$/, '');
}
