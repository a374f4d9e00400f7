import type { MediaFile } from '../../../media/upload-media.ts';
import type { Mentions } from '../../../words/mention-words.ts';
import type { Attachment } from '../media/attachment.ts';

/** A message of this person's that is not among the server's yet. */
export type PendingMessage = {
  readonly id: string;
  readonly conversationId: string;
  /** With an attachment its caption, which may be empty. */
  readonly text: string;
  readonly attachment?: Attachment;
  readonly mentions?: Mentions;
  readonly replyTo?: number | undefined;
  readonly sentAt: number;
  readonly expiresAt?: number;
  /** `waiting`: for the other person, who is not there yet. */
  readonly status: 'sending' | 'sent' | 'failed' | 'waiting';
  /** While its attachment has not arrived, in which it can be called off. */
  readonly upload?: { readonly done: number; readonly parts: number };
  readonly reason?: string;
  /** Whether the same may be accepted later. */
  readonly retryable?: boolean;
};

/** A picture that stands for a film until it plays; undefined where the browser cannot show it. */
export type PosterOf = (film: Blob) => Promise<MediaFile['poster']>;
