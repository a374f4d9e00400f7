import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { hiddenMarks } from '../stores/personal/settings.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import type { ReadReceiptJob } from '../stores/queue/read-receipt-job.ts';
import { receiptOf, type TellAuthorsDeps, tellAuthors } from './tell-authors.ts';

export type TellReadReceiptsDeps = TellAuthorsDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly settings: Pick<SettingsStore, 'read'>;
};

/** At the end of their turn: how far these members have come since they last told the authors. */
export async function tellReadReceipts(
  deps: TellReadReceiptsDeps,
  conversationId: string,
  jobs: readonly Pick<ReadReceiptJob, 'reader' | 'mark'>[],
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined) return;
  const each = new Map(jobs.map((job) => [`${job.mark} ${job.reader}`, job]));
  for (const { reader, mark = 'read' } of each.values()) {
    const member = conversation.members.get(reader);
    const place = (mark === 'read' ? (member?.shownReadSeq ?? member?.readSeq) : member?.deliveredSeq) ?? 0;
    const told = member && receiptOf(member, mark);
    if (member === undefined || told === undefined || place <= told.seq) continue;
    // They may have hidden it since.
    if (hiddenMarks((await deps.settings.read(reader)) ?? {}).includes(mark)) continue;
    await tellAuthors(deps, mark, conversation, member, place);
  }
}
