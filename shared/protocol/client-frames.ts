import * as z from 'zod';
import { partBytes } from './part-bytes.ts';

/** Chosen by the client, echoed in the one reply, and the idempotency key of `send`. */
export const frameId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** The token's `sub`: printable ASCII without space. `#` is left out because store keys join ids with it. */
export const userId = z.string().regex(/^[!"$-~]{1,128}$/);
/** Opaque: what nobody was given is `NOT_FOUND`. No `#` here either. */
export const conversationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const cursor = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** DynamoDB stores UTF-8, which has no lone surrogates: they are refused rather than replaced. */
const wellFormed = (text: string) => text.isWellFormed();

const action = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ action: z.literal(name), id: frameId, ...shape });

export const helloFrame = action('hello', {
  cursors: z.record(conversationId, cursor).optional(),
});
export const conversationsFrame = action('conversations', { cursor: z.string().min(1).max(256).optional() });
export const pingFrame = action('ping', {});

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const age = z.number().int().min(0).max(150);
export const grantFrame = action('consent', {
  decision: z.literal('grant'),
  policyVersion: z.string().min(1).max(64),
  /** Whatever is not in the table is `JURISDICTION_UNKNOWN`. */
  jurisdiction: z.string().min(1).max(64),
  birthDate: date.optional(),
  ageBand: z.tuple([age, age.nullable()]).optional(),
});
export const withdrawFrame = action('consent', { decision: z.literal('withdraw') });
export const consentFrame = z.discriminatedUnion('decision', [grantFrame, withdrawFrame]);

export const openFrame = action('open', {
  kind: z.enum(['direct', 'group']),
  members: z.array(userId).min(1),
  title: z.string().min(1).refine(wellFormed).optional(),
  retention: z.number().int().positive().optional(),
});

export const membersFrame = action('members', { conversationId });

export const textContent = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1).refine(wellFormed),
});

/** 144 random bits: known only to who was told, and still not enough to get at the media. Opaque to clients. */
export const mediaId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const mediaKind = z.enum(['image', 'audio', 'video', 'file']);
/** A name, not a path, that no dialog or terminal shows as something else. */
const fileName = z.string().regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]{1,255}$/u);
export const mediaContent = z.strictObject({
  type: mediaKind,
  mediaId,
  caption: z.string().min(1).refine(wellFormed).optional(),
  name: fileName.refine(wellFormed).optional(),
});
const sentMedia = mediaContent.extend({ type: mediaKind.exclude(['video']) });
/** `posterId`: an upload of the kind `image`, a frame of the film that the sender's client has drawn. */
const sentFilm = mediaContent.extend({ type: z.literal('video'), posterId: mediaId.optional() });

export const content = z.discriminatedUnion('type', [textContent, sentMedia, sentFilm]);

export const sendFrame = action('send', {
  conversationId,
  content,
  replyTo: seq.optional(),
  mentions: z.array(userId).max(32).optional(),
});

const sha256 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const mostParts = 64;

export const uploadFrame = action('upload', {
  conversationId,
  kind: mediaKind,
  contentType: z.string().regex(/^[a-z0-9][a-z0-9.+-]{0,62}\/[a-z0-9][a-z0-9.+-]{0,62}$/),
  bytes: z
    .number()
    .int()
    .min(1)
    .max(partBytes * mostParts),
  sha256,
  parts: z.array(sha256).min(2).max(mostParts).optional(),
}).refine(
  ({ bytes, parts }) => parts === undefined || parts.length === Math.ceil(bytes / partBytes),
  'a hash for each part',
);

export const mediaVariant = z.enum(['thumbnail', 'poster']);

export const downloadFrame = action('download', {
  conversationId,
  seq,
  variant: mediaVariant.optional(),
  /** Asks for nothing: this connection has the bytes, and will not ask again. */
  received: z.literal(true).optional(),
}).refine(({ variant, received }) => variant === undefined || received === undefined, 'variant or received');

export const historyFrame = action('history', {
  conversationId,
  after: cursor.optional(),
  before: seq.optional(),
  limit: z.number().int().min(1).max(100).optional(),
}).refine((frame) => frame.after === undefined || frame.before === undefined, 'after or before, not both');

/** How far its sender has read. */
export const readFrame = action('read', { conversationId, seq });

/** `seq`: what its sender has on the screen, for those who want to know. */
export const typingFrame = action('typing', { conversationId, seq: seq.optional() });

const erase = <Scope extends string, Shape extends z.ZodRawShape>(scope: Scope, shape: Shape) =>
  action('erase', { scope: z.literal(scope), ...shape });
export const eraseFrame = z.discriminatedUnion('scope', [
  erase('message', { conversationId, seq }),
  erase('conversation', { conversationId }),
  erase('profile', {}),
  erase('account', {}),
]);
/** `part` of an export that took several zips; the first without it. */
export const exportFrame = action('export', { part: z.number().int().min(1).max(10_000).optional() });

export type HelloFrame = z.infer<typeof helloFrame>;
export type ConversationsFrame = z.infer<typeof conversationsFrame>;
export type ConsentFrame = z.infer<typeof consentFrame>;
export type GrantFrame = z.infer<typeof grantFrame>;
export type OpenFrame = z.infer<typeof openFrame>;
export type MembersFrame = z.infer<typeof membersFrame>;
export type SendFrame = z.infer<typeof sendFrame>;
export type UploadFrame = z.infer<typeof uploadFrame>;
export type DownloadFrame = z.infer<typeof downloadFrame>;
export type HistoryFrame = z.infer<typeof historyFrame>;
export type ReadFrame = z.infer<typeof readFrame>;
export type TypingFrame = z.infer<typeof typingFrame>;
export type EraseFrame = z.infer<typeof eraseFrame>;
export type ExportFrame = z.infer<typeof exportFrame>;
export type PingFrame = z.infer<typeof pingFrame>;
export type Content = z.infer<typeof content>;
export type MediaKind = z.infer<typeof mediaKind>;
export type MediaVariant = z.infer<typeof mediaVariant>;
export type ClientFrame =
  | HelloFrame
  | ConversationsFrame
  | ConsentFrame
  | OpenFrame
  | MembersFrame
  | SendFrame
  | UploadFrame
  | DownloadFrame
  | HistoryFrame
  | ReadFrame
  | TypingFrame
  | EraseFrame
  | ExportFrame
  | PingFrame;
