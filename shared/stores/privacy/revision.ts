type Revised = { readonly revision: number };

/** The condition of a write: the item is still as it was read, or still absent. Of two that go on at once one gives way. */
export function ifUnchanged(before: Revised | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' };
  return {
    ConditionExpression: 'revision = :seen',
    ExpressionAttributeValues: { ':seen': before.revision },
  };
}
