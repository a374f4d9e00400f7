/** An item as the document client has it. What the engine keeps is never changed, only replaced. */
export type Item = Readonly<Record<string, unknown>>;

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'L' | 'M' | 'SS' | 'NS' | 'BS';

export function typeOf(value: unknown): TypeName {
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'boolean') return 'BOOL';
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return 'B';
  if (Array.isArray(value)) return 'L';
  if (value instanceof Set) {
    const [first] = value;
    return first instanceof Uint8Array ? 'BS' : typeof first === 'number' ? 'NS' : 'SS';
  }
  if (typeof value === 'object') return 'M';
  throw new Error(`DynamoDB has no ${typeof value}`);
}

/** A copy without what is undefined, as `removeUndefinedValues` makes it; throws for what cannot be stored. */
export function copy<Value>(value: Value): Value {
  return copied(value) as Value;
}

function copied(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
        throw new Error(`a number that DynamoDB's client refuses: ${value}`);
      return value;
    case 'object':
      break;
    default:
      throw new Error(`DynamoDB has no ${typeof value}`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(copied);
  if (value instanceof Set) {
    if (value.size === 0) throw new Error('a set must hold something');
    return new Set([...value].map(copied));
  }
  if (value instanceof Uint8Array) return value.slice();
  const record: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const each = (value as Item)[name];
    if (each !== undefined) record[name] = copied(each);
  }
  return record;
}

export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (typeOf(one) !== typeOf(other)) return false;
  if (one instanceof Uint8Array) return Buffer.compare(one, other as Uint8Array) === 0;
  if (one instanceof Set) {
    const others = other as Set<unknown>;
    return (
      one.size === others.size && [...one].every((each) => [...others].some((same) => equal(each, same)))
    );
  }
  if (Array.isArray(one)) {
    const others = other as unknown[];
    return one.length === others.length && one.every((each, index) => equal(each, others[index]));
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equal((one as Item)[name], (other as Item)[name]))
  );
}

/** Of two of the same ordered type; undefined where DynamoDB has no order. */
export function compare(one: unknown, other: unknown): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other);
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other);
  return undefined;
}

const surrogate = /[\ud800-\udfff]/;

/** By UTF-8 bytes, of which code units differ in nothing but surrogates. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  if (surrogate.test(one) || surrogate.test(other))
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : 1;
}

/** By the rules of the developer guide: names count, and a list or a map costs three bytes and one for each element. */
export function itemSize(item: Item): number {
  let bytes = 0;
  for (const name of Object.keys(item)) bytes += Buffer.byteLength(name) + size(item[name]);
  return bytes;
}

function size(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((sum, each) => sum + size(each), 0);
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, each) => sum + 1 + size(each), 0);
  return 3 + Object.keys(value as Item).length + itemSize(value as Item);
}
