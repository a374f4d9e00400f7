/** Levels of lists and objects in one another; a database, or a client, may take no more. */
const deepest = 32;

/**
 * Whether this can be kept and given back as it is: any JSON value, no deeper than 32 levels, without lone surrogates in a string or
 * key, and without a number that JSON reads as infinite, such as `1e999`.
 */
export function isCustomData(value: unknown, levels = deepest): boolean {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || levels === 0) return false;
  if (Array.isArray(value)) return value.every((each) => isCustomData(each, levels - 1));
  return Object.entries(value).every(([key, each]) => key.isWellFormed() && isCustomData(each, levels - 1));
}
