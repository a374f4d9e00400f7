import type { Message } from './message.ts';

/** What of a message decides about its deletion; an erased one is nobody's and has no id. */
export type Stamp = Pick<Message, 'conversationId' | 'seq' | 'sentAt' | 'expiresAt' | 'erasedAt'> &
  Partial<Pick<Message, 'from' | 'id'>> & {
    /** Of the media that goes with it. */
    readonly mediaId?: string;
  };
