/** Every string and number that a JSON value has, and the keys: what could be read there. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [digitsOf(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

/** All of them: from 1e21 on `String` would give an exponent. */
function digitsOf(number: number): string {
  const size = Math.abs(number);
  return Number.isInteger(size) ? BigInt(size).toString() : String(size);
}
