import type * as z from 'zod';
import type * as conversations from './server/conversations.ts';
import type * as erasure from './server/erasure.ts';
import type { errorFrame } from './server/error.ts';
import type * as exports from './server/export.ts';
import type * as hello from './server/hello.ts';
import type * as media from './server/media.ts';
import type * as messages from './server/messages.ts';
import type * as profiles from './server/profile.ts';
import type { pushes } from './server/pushes.ts';
import type { byePush, pingResult } from './server/session.ts';
import type { noResult } from './server/values.ts';

type Unchangeable<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchangeable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Unchangeable<Value[Key]> }
    : Value;
type Said<Schema extends z.ZodType> = Unchangeable<z.infer<Schema>>;

/*
 * What the server says, as types: the schemas are for docs/asyncapi.json and the tests, and in no bundle, since nobody
 * checks at run time what he writes himself.
 */
export type ConsentState = Said<typeof hello.consentState>;
export type ConsentResult = Said<typeof hello.consentResult>;
export type Stored = Said<typeof hello.stored>;
export type HelloResult = Said<typeof hello.helloResult>;
export type PingResult = Said<typeof pingResult>;
export type NoResult = Said<typeof noResult>;

export type ConversationSummary = Said<typeof conversations.conversationSummary>;
export type ConversationsResult = Said<typeof conversations.conversationsResult>;
export type OpenResult = Said<typeof conversations.openResult>;
export type MembersResult = Said<typeof conversations.membersResult>;

export type MessageContent = Said<typeof messages.messageContent>;
export type MessageBody = Said<typeof messages.messageBody>;
export type SendResult = Said<typeof messages.sendResult>;
export type HistoryResult = Said<typeof messages.historyResult>;

export type MediaFacts = Said<typeof media.mediaFacts>;
export type PutRequest = Said<typeof media.putRequest>;
export type UploadResult = Said<typeof media.uploadResult>;
export type DownloadResult = Said<typeof media.downloadResult>;

export type ProfileFields = Said<typeof profiles.profileFields>;
export type Profile = Said<typeof profiles.profile>;
export type Visibility = NonNullable<NonNullable<Profile['visibility']>[keyof ProfileFields]>;
export type ProfileResult = Said<typeof profiles.profileResult>;
export type SenderProfile = Pick<ProfileFields, 'nickname' | 'avatarUrl'>;

export type EraseResult = Said<typeof erasure.eraseResult>;
export type ReceiptLine = Said<typeof erasure.receiptLine>;
export type Receipt = Said<typeof erasure.receipt>;

export type ExportLink = Said<typeof exports.exportLink>;
export type ExportResult = Said<typeof exports.exportResult>;

export type ByeReason = Said<typeof byePush>['reason'];
export type Push = { [Type in keyof typeof pushes]: Said<(typeof pushes)[Type]> }[keyof typeof pushes];
export type ErrorFrame = Said<typeof errorFrame>;
