import type { Limits } from '../configuration/limits.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { EditedContent, EditFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { EditResult, MessageContent } from '../protocol/messages/table.ts';
import { hiddenFrom } from '../safety/hidden-from.ts';
import type { Message } from '../stores/messages/message.ts';
import { mostEdits } from '../stores/messages/version-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { TellChanged } from './announce-changed.ts';
import { type ChangeMessageDeps, type Changing, changeMessage } from './change-message.ts';
import { checkContent } from './check-content.ts';

export type EditMessageDeps = ChangeMessageDeps & {
  /** For how long after it was sent; 0: not at all. */
  readonly editSeconds: number;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly limits: Pick<Limits, 'textBytes' | 'customBytes'>;
  readonly tell: TellChanged;
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
  const changed = await changeMessage(deps, userId, 'edit', { id, conversationId, seq }, async (changing) => {
    const { header, message, conversation, rev, at } = changing;
    const content = edited(deps.editSeconds, userId, changing, wanted);
    checkContent({ content, mentions: message.mentions }, deps.limits);
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
  return { conversationId, seq, rev, editedAt, ...(isRepeat && { duplicate: true as const }) };
}

type Editable = Extract<MessageContent, { readonly type: EditedContent['type'] }>;

function edited(
  editSeconds: number,
  userId: string,
  { message, header, conversation, at }: Changing,
  wanted: EditedContent,
): Editable {
  // What somebody else has said is not said otherwise.
  if (message.forwarded === true) throw new ProtocolError('FORBIDDEN');
  if (message.from !== userId || conversation.head.closedAt !== undefined)
    throw new ProtocolError('FORBIDDEN');
  const content = replaced(message.content, wanted);
  if (content === undefined) throw new ProtocolError('FORBIDDEN');
  if (!isWithin(message, editSeconds, at) || (header.edits ?? 0) >= mostEdits)
    throw new ProtocolError('WINDOW_CLOSED');
  return content;
}

/** Undefined where it would become something else: of another type, other media, another kind of custom content. */
function replaced(content: MessageContent, wanted: EditedContent): Editable | undefined {
  if (wanted.type === 'text') return content.type === 'text' ? wanted : undefined;
  if (wanted.type === 'custom')
    return content.type === 'custom' && content.kind === wanted.kind ? wanted : undefined;
  if (!isMediaContent(content) || content.type !== wanted.type || content.mediaId !== wanted.mediaId)
    return undefined;
  const { caption: _, ...media } = content;
  return wanted.caption === undefined ? media : { ...media, caption: wanted.caption };
}

/** Whether it was sent so lately; never where there is no such window. */
export function isWithin({ sentAt }: Pick<Message, 'sentAt'>, seconds: number, now: number): boolean {
  return seconds > 0 && now <= sentAt + seconds * 1000;
}
