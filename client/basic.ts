/** What the package `lapse-client/basic` has: a client for text and media. */
export { basicClient } from './basic-client.ts';
export type { BasicClient } from './basic-methods.ts';
export { type FollowOptions, followMessages } from './conversations/follow-messages.ts';
export type * from './public-types.ts';
export { LapseError, type LapseErrorCode } from './wire/lapse-error.ts';
