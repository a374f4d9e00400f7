export { type Announced, type Announcement, type AnnounceOptions, announce } from './announce.ts';
export type * from './commands.ts';
export type * from './exports.ts';
export type * from './holds.ts';
export type { Lambda } from './lambda.ts';
export { type LapseServer, type LapseServerOptions, lapseServer } from './lapse-server.ts';
export { LapseServerError } from './lapse-server-error.ts';
export type * from './reports.ts';
export type * from './retention.ts';
