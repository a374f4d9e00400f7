import type { Limits } from '../configuration/limits.ts';
import { checkContent } from '../content/check-content.ts';
import { type Replaceable, replacedContent } from '../content/replaced-content.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { EditedContent, EditFrame } from '../protocol/messages/frames.ts';
import type { EditResult } from '../protocol/messages/table.ts';
import type { Review } from '../review/review.ts';
import { hiddenFrom } from '../safety/hidden-from.ts';
import type { Message } from '../stores/messages/message.ts';
import { mostEdits } from '../stores/messages/version-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { TellChanged } from './announce-changed.ts';
import { type ChangeMessageDeps, type Changing, changeMessage } from './change-message.ts';

export type EditMessageDeps = ChangeMessageDeps & {
  /** For how long after it was sent; 0: not at all. */
  readonly editSeconds: number;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly limits: Pick<Limits, 'textBytes' | 'customBytes'>;
  readonly tell: TellChanged;
  /** Undefined where the operator has none. */
  readonly review: Review | undefined;
};

/**
 * Has a message of one's own say something else: a text, the caption of media, the data of custom content. It keeps its number, its times and whom it
 * mentions. Who blocks its author does not see what it says now, nor what it said.
 * @throws ProtocolError FORBIDDEN for what is not theirs or would become something else; WINDOW_CLOSED; see `changeMessage`.
 */
export async function editMessage(
  deps: EditMessageDeps,
  userId: string,
  { id, conversationId, seq, content: wanted }: Omit<EditFrame, 'action'>,
): Promise<EditResult> {
  let reviewed: { readonly content: Replaceable; readonly isChanged: boolean } | undefined;
  const changed = await changeMessage(deps, userId, 'edit', { id, conversationId, seq }, async (changing) => {
    const { header, message, conversation, rev, at } = changing;
    const meant = edited(deps.editSeconds, userId, changing, wanted);
    checkContent({ content: meant, mentions: message.mentions }, deps.limits);
    // Once, however many races are lost: it is the same words each time.
    reviewed ??= await reviewedContent(deps.review, userId, conversationId, meant);
    const { content } = reviewed;
    // After the message was read: a hold that is placed later is not held before this function has ended.
    const holds = await deps.holds.among({ users: [userId], conversations: [conversationId] });
    const isHeld = isOnHold(holds, userId, conversationId);
    const hidden = new Set([...(header.hiddenFor ?? []), ...hiddenFrom(conversation, userId)]);
    return {
      set: {
        content,
        editedAt: at,
        edits: (header.edits ?? 0) + 1,
        ...(hidden.size > 0 && { hiddenFor: [...hidden] }),
        ...(isHeld && { hasVersions: true }),
      },
      ...(isHeld && {
        version: { conversationId, seq, rev, by: userId, content: message.content, replacedAt: at },
      }),
    };
  });
  await deps.tell(changed.conversation, seq);
  const { rev, at: editedAt, isRepeat } = changed;
  return {
    ...{ conversationId, seq, rev, editedAt },
    ...(isRepeat && { duplicate: true as const }),
    ...(reviewed?.isChanged === true && { content: reviewed.content }),
  };
}

function edited(
  editSeconds: number,
  userId: string,
  { message, header, conversation, at }: Changing,
  wanted: EditedContent,
): Replaceable {
  // What somebody else has said is not said otherwise.
  if (message.forwarded === true) throw new ProtocolError('FORBIDDEN');
  if (message.from !== userId || conversation.head.closedAt !== undefined)
    throw new ProtocolError('FORBIDDEN');
  const content = replacedContent(message.content, wanted);
  if (content === undefined) throw new ProtocolError('FORBIDDEN');
  if (!isWithin(message, editSeconds, at) || (header.edits ?? 0) >= mostEdits)
    throw new ProtocolError('WINDOW_CLOSED');
  return content;
}

async function reviewedContent(
  review: Review | undefined,
  userId: string,
  conversationId: string,
  content: Replaceable,
): Promise<{ readonly content: Replaceable; readonly isChanged: boolean }> {
  if (review === undefined) return { content, isChanged: false };
  const reviewed = await review(userId, { action: 'edit', conversationId, content });
  return { content: reviewed.content, isChanged: reviewed.content !== content };
}

/** Whether it was sent so lately; never where there is no such window. */
export function isWithin({ sentAt }: Pick<Message, 'sentAt'>, seconds: number, now: number): boolean {
  return seconds > 0 && now <= sentAt + seconds * 1000;
}
