/** What the package `lapse-client` has. */
export { type FollowOptions, followMessages } from './conversations/follow-messages.ts';
export { lapseClient } from './lapse-client.ts';
export type { LapseClient, MembersAct, ProfileChange, SearchPage, SendOptions } from './lapse-client-type.ts';
export type * from './public-types.ts';
export { LapseError, type LapseErrorCode } from './wire/lapse-error.ts';
