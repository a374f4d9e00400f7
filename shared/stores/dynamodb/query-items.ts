import { type Database, QueryCommand, type QueryCommandInput } from './database.ts';

/** Every item that the query finds, page after page as they are asked for. */
export async function* queryItems<Item = Record<string, unknown>>(
  db: Database,
  query: QueryCommandInput,
): AsyncGenerator<Item, void, undefined> {
  let from = query.ExclusiveStartKey;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({ ...query, ...(from && { ExclusiveStartKey: from }) }),
    );
    yield* Items as Item[];
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

/** The same at once. */
export async function queryAll<Item = Record<string, unknown>>(
  db: Database,
  query: QueryCommandInput,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of queryItems<Item>(db, query)) items.push(item);
  return items;
}
