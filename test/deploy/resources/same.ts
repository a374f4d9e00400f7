/**
 * Whether two values mean the same to CloudFormation: a number as text, a list of one without its brackets (policy
 * documents), and the members of a list in any order.
 */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) || Array.isArray(other)) return sameMembers([one].flat(), [other].flat());
  if (!isRecord(one) || !isRecord(other)) return String(one) === String(other);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(one[name], other[name]));
}

function sameMembers(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  const left = [...others];
  return some.every((member) => {
    const at = left.findIndex((candidate) => same(member, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
