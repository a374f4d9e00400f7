type Revised = { readonly revision: number };

/**
 * The condition of a write: the item is still as it was read, or still absent. Of two that go on at once one gives way. An item that is
 * removed and made again counts from the beginning, so that its number may be the same: `own` names what the two do not share.
 */
export function ifUnchanged<Item extends Revised>(before: Item | undefined, own?: keyof Item & string) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' };
  const seen = { ':seen': before.revision };
  if (own === undefined) return { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: seen };
  const mark = before[own];
  return {
    ConditionExpression: `revision = :seen AND ${mark === undefined ? 'attribute_not_exists(#own)' : '#own = :own'}`,
    ExpressionAttributeNames: { '#own': own },
    ExpressionAttributeValues: { ...seen, ...(mark !== undefined && { ':own': mark }) },
  };
}
