import * as z from 'zod';
import type { System } from './system.ts';

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::ImportValue': z.string() }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);

/** How `textOf` writes a resource. */
export const mention = (id: string): string => `{${id}}`;

/** A value of the template as text in which each resource stands as `{stack/logicalId}`, whatever attribute of it. */
export function textOf(system: System, stackName: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  const { success, data } = intrinsic.safeParse(value);
  if (!success) throw new Error(`${stackName}: the data map cannot read ${JSON.stringify(value)}`);
  if ('Ref' in data)
    return data.Ref.startsWith('AWS::') ? mention(data.Ref) : mention(`${stackName}/${data.Ref}`);
  if ('Fn::GetAtt' in data) return mention(`${stackName}/${data['Fn::GetAtt'][0]}`);
  if ('Fn::Join' in data) {
    const [separator, parts] = data['Fn::Join'];
    return parts.map((part) => textOf(system, stackName, part)).join(separator);
  }
  const exported = system.exports.get(data['Fn::ImportValue']);
  if (exported === undefined) throw new Error(`${stackName}: no stack exports ${data['Fn::ImportValue']}`);
  return textOf(system, exported.stackName, exported.value);
}
