/** JSON as an attacker writes it: keys twice, keys of a prototype, numbers that no program would write. */
export type Json =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: Json])[] };

/** A value, however it is written. */
export const literal = (text: string): Json => ({ kind: 'text', text });
export const string = (value: string): Json => literal(JSON.stringify(value));

export function fromValue(value: unknown): Json {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(fromValue) };
  if (typeof value !== 'object' || value === null) return literal(JSON.stringify(value));
  return { kind: 'object', entries: Object.entries(value).map(([name, each]) => [name, fromValue(each)]) };
}

export function textOf(json: Json): string {
  if (json.kind === 'text') return json.text;
  if (json.kind === 'array') return `[${json.items.map(textOf).join(',')}]`;
  return `{${json.entries.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(',')}}`;
}

/** Where a value is: the index of an entry or item on each floor. */
export type Place = readonly number[];

const childrenOf = (json: Json): readonly Json[] => {
  if (json.kind === 'text') return [];
  return json.kind === 'array' ? json.items : json.entries.map(([, value]) => value);
};

/** Every value in it, the whole first. */
export const placesIn = (json: Json): readonly Place[] => [
  [],
  ...childrenOf(json).flatMap((child, index) => placesIn(child).map((place) => [index, ...place])),
];

/** The same with something else at one place. */
export function changedAt(json: Json, [index, ...rest]: Place, change: (at: Json) => Json): Json {
  if (index === undefined) return change(json);
  const changed = (child: Json, at: number) => (at === index ? changedAt(child, rest, change) : child);
  if (json.kind === 'array') return { ...json, items: json.items.map(changed) };
  if (json.kind === 'text') throw new Error('no such place');
  return {
    ...json,
    entries: json.entries.map(([name, value], at) => [name, changed(value, at)] as const),
  };
}
