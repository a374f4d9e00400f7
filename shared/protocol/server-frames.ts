import type { Limits } from '../configuration/limits.ts';
import type { Receipt } from '../erasure/receipt.ts';
import type { RequestedErasure } from '../erasure/request-erasure.ts';
import type { MediaContent, MediaVariant, TextContent } from './client-frames.ts';

export type ConsentState = 'none' | 'granted' | 'stale' | 'withdrawn';

/** What a message says of its media, as it was found to be and not as it was declared. */
export type MediaFacts = {
  readonly contentType: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** Base64 of a ThumbHash: some 25 bytes from which a client paints a blur. */
  readonly placeholder?: string;
  /** Peaks in equal steps of time, 0 to 100. */
  readonly waveform?: readonly number[];
  /** What `download` has beside the media itself. */
  readonly variants?: readonly MediaVariant[];
};

export type MessageContent = TextContent | (MediaContent & { readonly media: MediaFacts });

/** `sentAt` in milliseconds, `expiresAt` in seconds since the epoch; absent where messages are not stored. */
export type MessageBody = {
  readonly conversationId: string;
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly content: MessageContent;
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
};

export type ConversationSummary = {
  readonly conversationId: string;
  readonly kind: 'direct' | 'group';
  readonly title?: string;
  /** Both people of a direct conversation; a group's are asked for by `open` or `members`. */
  readonly members?: readonly string[];
  readonly lastSeq: number;
  readonly readSeq: number;
  readonly unread: number;
};

export type Stored = { readonly stored: boolean; readonly seconds: number };

export type HelloResult = {
  readonly userId: string;
  readonly consent: {
    readonly state: ConsentState;
    readonly policyVersion: string;
    readonly policyUrl?: string;
  };
  readonly retention: {
    /** `handoverSeconds`: for how long media can be fetched where messages are not stored; without it, not at all. */
    readonly messages: Stored & { readonly handoverSeconds?: number };
    readonly profiles: Stored;
  };
  readonly limits: Limits;
} & Partial<ConversationsResult>;
/** `next` is the `cursor` of the following `conversations` page. */
export type ConversationsResult = {
  readonly conversations: readonly ConversationSummary[];
  readonly next?: string;
};
export type ConsentResult = { readonly state: ConsentState };
export type OpenResult = {
  readonly conversationId: string;
  readonly kind: 'direct' | 'group';
  readonly members: readonly string[];
  readonly lastSeq: number;
};
export type SendResult = {
  readonly conversationId: string;
  readonly seq: number;
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly stored: boolean;
  readonly duplicate?: true;
  /** The text holds what looks like sensitive data, and the operator wants it flagged. */
  readonly flagged?: true;
  /** Of a picture, a sound, a video or a file. */
  readonly media?: MediaFacts;
};
export type PutRequest = {
  readonly method: 'PUT';
  readonly url: string;
  /** All of them are signed, and `content-length` too: another one is refused. */
  readonly headers: Readonly<Record<string, string>>;
};
/** Until `expiresAt` the bytes may be put there, once; with `parts` each of them. */
export type UploadResult = { readonly mediaId: string; readonly expiresAt: number } & (
  | PutRequest
  | { readonly parts: readonly PutRequest[] }
);
export type NoResult = Readonly<Record<string, never>>;
/** Nothing in answer to `received`. */
export type DownloadResult = { readonly url: string; readonly expiresAt: number } | NoResult;
/** `firstSeq` and `lastSeq` bound what can still be read of the conversation; `firstSeq > lastSeq` when nothing can. */
export type HistoryResult = {
  readonly messages: readonly MessageBody[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly next?: number;
};
export type Visibility = 'everyone' | 'contacts' | 'nobody';
export type ProfileFields = {
  readonly nickname?: string;
  readonly avatarUrl?: string;
  readonly signature?: string;
};
/** The id alone: unknown, erased, expired, or nothing that this reader may see. */
export type Profile = ProfileFields & {
  readonly userId: string;
  /** These two on the reader's own profile only. */
  readonly visibility?: Readonly<Partial<Record<keyof ProfileFields, Visibility>>>;
  readonly expiresAt?: number;
};
/** `next`: the ids that did not fit into the reply, to be asked for again. */
export type ProfileResult = {
  readonly profiles: readonly Profile[];
  readonly next?: readonly string[];
  readonly flagged?: true;
};
/** What became of it is pushed, with the receipt. */
export type EraseResult = RequestedErasure;
/** A zip of an export, for as long as the address lives: `expiresAt` in seconds. `parts`: how many zips there are. */
export type ExportLink = { readonly url: string; readonly expiresAt: number; readonly parts: number };
export type ExportResult =
  | { readonly requestId: string; readonly state: 'accepted' }
  | ({ readonly requestId: string; readonly state: 'ready' } & ExportLink);
export type PingResult = { readonly serverTime: number };

export type Ack<Result> = { readonly type: 'ack'; readonly id: string } & Result;

/** Where profiles are not stored: what the sender's token says, on the push alone. */
export type SenderProfile = Pick<ProfileFields, 'nickname' | 'avatarUrl'>;

export type Push =
  | { readonly type: 'message'; readonly message: MessageBody; readonly profile?: SenderProfile }
  | {
      readonly type: 'read';
      readonly conversationId: string;
      readonly userId: string;
      readonly seq: number;
    }
  | {
      readonly type: 'typing';
      readonly conversationId: string;
      readonly userId: string;
      readonly seq?: number;
    }
  | { readonly type: 'erased'; readonly conversationId: string; readonly seqs: readonly number[] }
  | ({ readonly type: 'erasure' } & Receipt)
  | ({ readonly type: 'export'; readonly requestId: string } & ExportLink)
  | { readonly type: 'bye'; readonly reason: ByeReason; readonly reconnect: boolean };
export type ByeReason = 'CONSENT_WITHDRAWN' | 'TOKEN_EXPIRED' | 'ACCOUNT_ERASED';

/** A JavaScript `Error` never serializes: only what is written out here goes to a client. */
export function ack<Result extends object>(id: string, result: Result): Ack<Result> {
  return { type: 'ack', id, ...result };
}
