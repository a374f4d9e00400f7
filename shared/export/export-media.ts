import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import { type ExportMessagesDeps, readablePages } from './export-messages.ts';
import type { Exporter } from './exporter.ts';
import { mediaName } from './media-name.ts';

export type ExportMediaDeps = ExportMessagesDeps & { readonly objects: Pick<MediaObjectStore, 'get'> };

/** A file for each message that brought one, under its number: `messages/` says what it is called. */
export function exportMedia(deps: ExportMediaDeps): Exporter {
  return async function* each(exported, after) {
    for await (const page of readablePages(deps, exported, after)) {
      const { conversationId, messages, endOf } = page;
      for (const message of messages) {
        const { seq, content } = message;
        if (content.type === 'text') continue;
        const data = await deps.objects.get({ conversationId, mediaId: content.mediaId });
        const file = `media/${conversationId}/${mediaName(seq, content)}`;
        if (data !== undefined)
          yield {
            file,
            data,
            after: `${conversationId} ${seq}`,
            earliestEnd: endOf(message),
            earliestSent: message.sentAt,
          };
      }
      yield { after: page.after };
    }
  };
}
