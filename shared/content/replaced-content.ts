import type { EditedContent } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { MessageContent } from '../protocol/messages/table.ts';

/** What can say something else: an event or what was recalled cannot. */
export type Replaceable = Extract<MessageContent, { readonly type: EditedContent['type'] }>;

/** Undefined where it would become something else: of another type, other media, another kind of custom content. */
export function replacedContent(content: MessageContent, wanted: EditedContent): Replaceable | undefined {
  if (wanted.type === 'text') return content.type === 'text' ? wanted : undefined;
  if (wanted.type === 'custom')
    return content.type === 'custom' && content.kind === wanted.kind ? wanted : undefined;
  if (!isMediaContent(content) || content.type !== wanted.type || content.mediaId !== wanted.mediaId)
    return undefined;
  const { caption: _, ...media } = content;
  return wanted.caption === undefined ? media : { ...media, caption: wanted.caption };
}
