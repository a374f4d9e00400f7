import { type DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';

/** Every item that the query finds, page after page as they are asked for. */
export async function* queryItems<Item = Record<string, unknown>>(
  db: DynamoDBDocumentClient,
  query: QueryCommandInput,
): AsyncGenerator<Item, void, undefined> {
  for await (const { Items = [] } of paginateQuery({ client: db }, query)) yield* Items as Item[];
}

/** The same at once. */
export async function queryAll<Item = Record<string, unknown>>(
  db: DynamoDBDocumentClient,
  query: QueryCommandInput,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of queryItems<Item>(db, query)) items.push(item);
  return items;
}
