import type { WrittenContent } from '../protocol/messages/table.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ExactMessageStore } from '../stores/messages/exact-message-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';

/** A message of which somebody may be notified. */
export type DueMessage = {
  readonly conversationId: string;
  readonly seq: number;
  readonly from: string;
  readonly sentAt: EpochMillis;
  readonly content: WrittenContent;
  readonly mentions: ReadonlySet<string>;
  readonly mentionsAll: boolean;
  /** Those who are not to know of it. */
  readonly hiddenFor: ReadonlySet<string>;
};

export type DueMessageDeps = {
  readonly messages: ExactMessageStore;
  readonly retention: AskRetention;
};

/** What was written an hour ago is no news: nor is what has been imported. */
export const newsSeconds = 3_600;

/** As it stands now; undefined for what has ended, was recalled or erased, for events, and for what is no news any more. */
export async function dueMessage(
  { messages, retention }: DueMessageDeps,
  conversationId: string,
  seq: number,
): Promise<DueMessage | undefined> {
  const [stored] = await messages.readExactly(conversationId, [seq]);
  // What decides is the answer from after the row was read.
  const ruling = await retention();
  if (stored === undefined || stored.header.recalledAt !== undefined) return undefined;
  if (!isReadable(stored.header, ruling)) return undefined;
  const { from, sentAt, content, mentions = [], mentionsAll = false } = stored.message;
  if (content.type === 'event' || content.type === 'recalled') return undefined;
  if (sentAt < epochMillis(ruling.now - newsSeconds * 1000)) return undefined;
  return {
    ...{ conversationId, seq, from, sentAt, content, mentionsAll },
    mentions: new Set(mentions),
    hiddenFor: new Set(stored.header.hiddenFor),
  };
}
