import * as z from 'zod/mini';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { cleanFileName } from '../media/file-name.ts';
import { mediaKind } from '../media/frames.ts';
import type { MediaFacts } from '../media/table.ts';
import { action, conversationId, isWellFormed, mediaId, position, seq, userId } from '../values.ts';
import { isCustomData } from './custom-data.ts';
import { isSearchable } from './searched-text.ts';

export const textContent = z.strictObject({
  type: z.literal('text'),
  text: z.string().check(z.minLength(1), z.refine(isWellFormed)),
});

/** What is no name at all is refused; others get it as it can be kept everywhere. */
const fileName = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]{1,255}$/u), z.refine(isWellFormed)),
    z.transform((name) => cleanFileName(name) || 'file'),
  ),
  z.string().check(z.minLength(1), z.maxLength(255)),
);
export const mediaContent = z.strictObject({
  type: mediaKind,
  mediaId,
  caption: z.optional(z.string().check(z.minLength(1), z.refine(isWellFormed))),
  name: z.optional(fileName),
});
const sentMedia = z.extend(mediaContent, { type: z.enum(['image', 'file']) });
/** `voice`: a note that somebody has spoken, which is no file and has no name. */
const sentSound = z
  .extend(mediaContent, { type: z.literal('audio'), voice: z.optional(z.literal(true)) })
  .check(
    z.refine(({ voice, name }) => voice === undefined || name === undefined, 'a voice note has no name'),
  );
/** `posterId`: an upload of the kind `image`, a frame of the film that the sender's client has drawn. */
const sentFilm = z.extend(mediaContent, { type: z.literal('video'), posterId: z.optional(mediaId) });

/** What an app shows in its own way, by a name that it chooses. How large the two may be is the operator's to say. */
export const customContent = z.strictObject({
  type: z.literal('custom'),
  kind: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  data: z.unknown().check(z.refine((data) => isCustomData(data))),
});

const writtenContents = [textContent, sentMedia, sentSound, sentFilm, customContent] as const;
export const content = z.discriminatedUnion('type', writtenContents);

/** In place of what somebody writes: what stands in a message that they can read. */
const forwardedContent = z.strictObject({ type: z.literal('forward'), conversationId, seq });
export const sentContent = z.discriminatedUnion('type', [...writtenContents, forwardedContent]);

export const sendFrame = action('send', {
  conversationId,
  content: sentContent,
  replyTo: z.optional(seq),
  mentions: z.optional(z.array(userId).check(z.maxLength(32))),
  /** `@all`: everybody who can read it. */
  mentionsAll: z.optional(z.literal(true)),
});

export const historyFrame = action('history', {
  conversationId,
  after: z.optional(position),
  before: z.optional(seq),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  changedAfter: z.optional(position),
  pinned: z.optional(z.literal(true)),
}).check(
  z.refine(
    ({ after, before, changedAfter, pinned }) =>
      [after, pinned ?? before, changedAfter].filter((bound) => bound !== undefined).length <= 1,
    'one of after, before and changedAfter; with pinned at most before',
  ),
);

/** Media stays what it is: its id says so, and the caption is what changes. */
const editedMedia = z.pick(mediaContent, { type: true, mediaId: true, caption: true });

/** What a message is to say instead. */
export const editedContent = z.discriminatedUnion('type', [textContent, editedMedia, customContent]);

export const editFrame = action('edit', { conversationId, seq, content: editedContent });

export const recallFrame = action('recall', { conversationId, seq });

/** Bounds the work of folding and comparing it with each message. */
const soughtCharacters = 256;

export const searchFrame = action('search', {
  conversationId,
  text: z.string().check(z.maxLength(soughtCharacters), z.refine(isWellFormed), z.refine(isSearchable)),
  before: z.optional(seq),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))),
});

export type AskedSend = z.infer<typeof sendFrame>;
/** What is sent, written or taken from elsewhere. */
export type SendFrame = Omit<AskedSend, 'content'> & {
  readonly content: Content;
  readonly forwarded?: true;
  /** Of media that is taken from there: what it was found to be, and the clock of the message that shows it. */
  readonly origin?: {
    readonly media: MediaFacts;
    readonly sentAt: EpochMillis;
    readonly expiresAt: EpochSeconds;
  };
};
export type EditFrame = z.infer<typeof editFrame>;
export type RecallFrame = z.infer<typeof recallFrame>;
export type SearchFrame = z.infer<typeof searchFrame>;
export type HistoryFrame = z.infer<typeof historyFrame>;
export type TextContent = z.infer<typeof textContent>;
export type Content = z.infer<typeof content>;
export type EditedContent = EditFrame['content'];
