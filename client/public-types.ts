/** What an app may want to name. */
export type {
  ConversationSummary,
  MembersResult,
  OpenResult,
} from '../shared/protocol/conversations/table.ts';
export type { Content, EditedContent } from '../shared/protocol/messages/frames.ts';
export type {
  MessageBody,
  MessageContent,
  SearchResult,
  SendResult,
} from '../shared/protocol/messages/table.ts';
export type { Profile, ProfileResult } from '../shared/protocol/profile/table.ts';
export type { Cursors } from '../shared/protocol/session/frames.ts';
export type { Device, HelloResult } from '../shared/protocol/session/table.ts';
export type { Settings } from '../shared/protocol/settings/table.ts';
export type { Outgoing } from './conversations/outbox.ts';
export type { Receipts } from './conversations/receipt-marks.ts';
export type { ClientEvents } from './events/client-events.ts';
export type { ClientState } from './events/client-state.ts';
export type { GivenMedia, MediaFile, Upload } from './media/upload-media.ts';
export type { LapseClientOptions } from './options/options.ts';
export type { ExportedData } from './privacy/export-data.ts';
export type { Clock } from './time/clock.ts';
export type { Request } from './wire/actions.ts';
export type { Presence, Typing } from './wire/server-frame.ts';
export type { SocketConstructor, SocketLike } from './wire/socket.ts';
