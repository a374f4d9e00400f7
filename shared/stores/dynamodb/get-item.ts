import { type Database, GetCommand } from './database.ts';

type Get = { readonly TableName: string; readonly Key: Record<string, unknown> };

/** Strongly consistent. */
export async function getItem<Item = Record<string, unknown>>(
  db: Database,
  get: Get,
): Promise<Item | undefined> {
  const { Item } = await db.send(new GetCommand({ ...get, ConsistentRead: true }));
  return Item as Item | undefined;
}
