import type { EditedContent } from '../../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import type { MessageContent } from '../../shared/protocol/messages/table.ts';

/** What to ask for: words are a text, or the caption of media that is known to be there. */
export function editedContent(
  known: MessageContent | undefined,
  wanted: EditedContent | string,
): EditedContent {
  if (typeof wanted !== 'string') return wanted;
  if (known === undefined || !isMediaContent(known)) return { type: 'text', text: wanted };
  return { type: known.type, mediaId: known.mediaId, caption: wanted };
}

/** What a message says once it is so; undefined of media that is not known. */
export function afterEdit(
  known: MessageContent | undefined,
  edited: EditedContent,
): MessageContent | undefined {
  if (!('mediaId' in edited)) return edited;
  if (known === undefined || !isMediaContent(known)) return undefined;
  const { caption: _, ...media } = known;
  return edited.caption === undefined ? media : { ...media, caption: edited.caption };
}
