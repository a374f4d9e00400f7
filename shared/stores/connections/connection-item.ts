import { type Connection, decodeConnection } from './connection.ts';

/** All users share one partition of the sparse expiry index: 1,000 connects a second, twice the gateway's quota. */
export const expiryIndexPartition = 'connection';

export type ConnectionItem = {
  readonly userId: string;
  readonly connections?: Set<string>;
  readonly nextExpiry?: number;
};

export function connectionsOf(item: ConnectionItem | undefined): readonly Connection[] {
  if (item === undefined) return [];
  return [...(item.connections ?? [])].map((element) => decodeConnection(item.userId, element));
}
