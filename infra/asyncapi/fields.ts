import * as z from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;
/** The fields of one way to write a frame, by how they are shown. */
type Way = readonly string[];

/** Said by each frame's name. */
const heads = new Set(['action', 'type', 'id']);

/** The fields of a frame as a reader takes them in: `seq`, `limit?`, `scope: "profile"`, and the ways to write it. */
export function fieldsOf(frame: z.core.$ZodType): string {
  const ways = waysOf(z.toJSONSchema(frame, { io: 'input' }));
  const [first = []] = ways;
  const common = first.filter((field) => ways.every((way) => way.includes(field)));
  const rest = ways.map((way) => listed(way.filter((field) => !common.includes(field))));
  if (ways.length === 1) return listed(common);
  return `${common.length > 0 ? `${listed(common)}, and ` : ''}either ${rest.join(', or ')}`;
}

const listed = (way: Way): string => (way.length === 0 ? 'nothing' : way.join(', '));

function waysOf(schema: Schema): readonly Way[] {
  const { allOf, anyOf, oneOf, properties = {}, required = [] } = schema;
  const either = anyOf ?? oneOf;
  if (either !== undefined) return either.flatMap(waysOf);
  if (allOf !== undefined)
    return allOf
      .map(waysOf)
      .reduce((before, ways) => before.flatMap((way) => ways.map((more) => [...way, ...more])));
  return [
    Object.entries(properties).flatMap(([name, value]) =>
      heads.has(name) ? [] : [shown(name, value, required.includes(name))],
    ),
  ];
}

function shown(name: string, value: Schema | boolean, isRequired: boolean): string {
  const only =
    typeof value === 'object' && value.const !== undefined ? `: ${JSON.stringify(value.const)}` : '';
  return `\`${name}${isRequired ? '' : '?'}${only}\``;
}
