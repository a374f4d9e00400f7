import { createHash } from 'node:crypto';
import type { TextContent } from '../protocol/messages/frames.ts';
import type { EpochMillis } from '../time.ts';

/** What was written elsewhere. */
export type MessageToImport = {
  /** Its own there: the same one again is the same message. */
  readonly id: string;
  readonly from: string;
  readonly sentAt: EpochMillis;
  readonly text: string;
};

/** Why a message is not imported. */
export const refusals = ['ended', 'future', 'author', 'order', 'sensitive', 'tooLarge'] as const;
export type Refusal = (typeof refusals)[number];

/** As the id of a send, whatever ids look like where it comes from. No client draws such a one. */
export function importedId(id: string): string {
  return `i-${createHash('sha256').update(id).digest('base64url').slice(0, 40)}`;
}

export const contentOf = ({ text }: Pick<MessageToImport, 'text'>): TextContent => ({ type: 'text', text });
