/** A large group: whose live rows are spread over so many partitions. */
export type LiveGroup = { readonly conversationId: string; readonly shards: number };

/** Where the rows of one of its members stand: by the shards that the group had when they were noted there, of which it keeps all. */
export type GroupNote = LiveGroup & {
  readonly userId: string;
  /** The revision as whose successor they have come to a group that was large; absent: they were there before. */
  readonly since?: number;
};

/** About as many members, with a few devices each, as one query reads well. */
const membersOfShard = 128;

/** Decided when the group becomes large, and kept on its head. */
export function liveShardsFor(members: number): number {
  return Math.ceil(members / membersOfShard);
}

/** As many as lead to all of these: who was noted by an attempt that came to nothing keeps the place of then. */
export function shardsOf(notes: readonly Pick<GroupNote, 'shards'>[], atLeast: number): number {
  return notes.reduce((most, { shards }) => Math.max(most, shards), atLeast);
}

/** It gets more with its members, and never fewer: nobody is moved. */
export function grownShards(shards: number, members: number): number {
  return Math.max(shards, liveShardsFor(members));
}

export function placesOf({ conversationId, shards }: LiveGroup): readonly string[] {
  return Array.from({ length: shards }, (_, index) => placeAt(conversationId, index));
}

/** By then whatever a socket's clock says it is closed. */
export const marginSeconds = 600;

/** Where the row of a connection stands. */
export function placeOf({ conversationId, shards }: LiveGroup, connectionId: string): string {
  let sum = 0;
  for (const character of connectionId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return placeAt(conversationId, sum % shards);
}

export const placeAt = (conversationId: string, index: number): string => `${conversationId}#${index}`;

/** Where the large groups of a user stand. No conversation has such an id. */
export const placeOfUser = (userId: string): string => `groups#${userId}`;

/** Behind the large groups of a user stand the rooms that they watch, a row for each connection: no id begins so. */
export const beforeWatches = '~';
export const watchEntry = (conversationId: string, connectionId: string): string =>
  `${beforeWatches}${conversationId}#${connectionId}`;

/** Of all connections of somebody to one room. */
export const watchEntriesOf = (conversationId: string): string => watchEntry(conversationId, '');

/** How far each part of a room has been told of what is written there. */
export const placeOfCursors = (conversationId: string): string => `cursors#${conversationId}`;
