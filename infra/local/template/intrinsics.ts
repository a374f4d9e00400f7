import { StartupError } from '../process/startup-error.ts';

export type Lookup = {
  readonly ref: (logicalId: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly importValue: (exportName: string) => unknown;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asText = (value: unknown, where: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new StartupError(`template: ${where} needs text, got ${JSON.stringify(value)}`);
};

const asList = (value: unknown, where: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new StartupError(`template: ${where} needs a list, got ${JSON.stringify(value)}`);
};

/** Replaces every CloudFormation function in a value by what it stands for. */
export function resolveIntrinsics(value: unknown, lookup: Lookup): unknown {
  const resolve = (inner: unknown): unknown => resolveIntrinsics(inner, lookup);
  if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined);
  if (!isRecord(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (
    key !== undefined &&
    others.length === 0 &&
    (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
  ) {
    if (key === 'Condition') return value;
    return evaluate(key, value[key], lookup, resolve);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, resolve(inner)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}

function evaluate(
  name: string,
  argument: unknown,
  lookup: Lookup,
  resolve: (value: unknown) => unknown,
): unknown {
  switch (name) {
    case 'Ref':
      return asText(argument, 'Ref') === 'AWS::NoValue' ? undefined : lookup.ref(asText(argument, 'Ref'));
    case 'Fn::GetAtt': {
      const path = typeof argument === 'string' ? argument.split('.') : asList(argument, name);
      const [logicalId, ...attribute] = path.map((part) => asText(resolve(part), name));
      return lookup.attribute(logicalId ?? '', attribute.join('.'));
    }
    case 'Fn::Join': {
      const [separator, parts] = asList(argument, name);
      const texts = asList(resolve(parts), name).map((part) => asText(part, name));
      return texts.join(asText(separator, name));
    }
    case 'Fn::Sub':
      return substitute(argument, lookup, resolve);
    case 'Fn::ImportValue':
      return lookup.importValue(asText(resolve(argument), name));
    case 'Fn::Select': {
      const [index, list] = asList(argument, name);
      return asList(resolve(list), name)[Number(resolve(index))];
    }
    case 'Fn::Split': {
      const [separator, text] = asList(argument, name);
      return asText(resolve(text), name).split(asText(separator, name));
    }
    default:
      throw new StartupError(`template: the local runtime does not know ${name}`);
  }
}

function substitute(argument: unknown, lookup: Lookup, resolve: (value: unknown) => unknown): string {
  const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : asList(argument, 'Fn::Sub');
  const given = isRecord(variables) ? variables : {};
  return asText(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in given) return asText(resolve(given[name]), 'Fn::Sub');
    const [logicalId, ...attribute] = name.trim().split('.');
    const value =
      attribute.length === 0
        ? lookup.ref(logicalId ?? '')
        : lookup.attribute(logicalId ?? '', attribute.join('.'));
    return asText(value, 'Fn::Sub');
  });
}
