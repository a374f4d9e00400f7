import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { LocateMedia } from '../stores/media/locate-media.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MediaKey } from '../stores/media/media-record.ts';
import { type ExportMessagesDeps, earliest, type Page, readablePages } from './export-messages.ts';
import { type ExportTitlesDeps, exportedTitles } from './export-titles.ts';
import { type Chunk, type Exported, type Exporter, earliestOf } from './exporter.ts';
import { mediaFile } from './media-name.ts';
import { titleOf } from './pages/conversation-list.ts';
import { messagePage, messagePageFile } from './pages/message-page.ts';

export type ExportMediaDeps = ExportMessagesDeps & ExportTitlesDeps & ReadMediaDeps;

export type ReadMediaDeps = {
  readonly objects: Pick<MediaObjectStore, 'get'>;
  readonly locate: LocateMedia;
};

/** What the media of a message says; nothing where it has gone. */
export async function readMedia({ objects, locate }: ReadMediaDeps, key: MediaKey) {
  const located = await locate(key);
  return located && objects.get(located.key);
}

/**
 * A file for each message that brought one, under its number, and before them the page to read that shows them with their
 * messages. `after` is the conversation and the number behind which the page begins; once that is written also up to which number
 * its media are, and where it ends.
 */
export function exportMedia(deps: ExportMediaDeps): Exporter {
  return async function* each(exported, after) {
    const [conversationId, from, done, reached] = after?.split(' ') ?? [];
    const place = conversationId === undefined ? undefined : `${conversationId} ${from}`;
    const upTo = reached === undefined || reached === 'end' ? undefined : Number(reached);
    let written = done === undefined ? undefined : Number(done);
    for await (const page of readablePages(deps, exported, place, upTo)) {
      if (written === undefined) yield* readingPage(deps, exported, page);
      yield* mediaOf(deps, page, written ?? page.from);
      yield { after: page.after };
      written = undefined;
    }
  };
}

async function* readingPage(
  deps: ExportTitlesDeps,
  { userId, until }: Exported,
  page: Page,
): AsyncIterable<Chunk> {
  const { conversation, conversationId, messages, from, reached, endOf } = page;
  if (conversation === undefined) return;
  const named = (await exportedTitles(deps, [conversationId], until)).get(conversationId);
  const title = titleOf({ ...conversation, title: named?.title }, userId);
  const next = reached === 'end' ? undefined : reached;
  const { earliestEnd, earliestSent } = earliest(messages, endOf);
  yield {
    file: messagePageFile(conversationId, from),
    isWhole: true,
    data: [messagePage({ conversationId, title, userId, messages, after: from, next })],
    after: `${conversationId} ${from} ${from} ${reached}`,
    earliestEnd: earliestOf([earliestEnd, named?.end].filter((end) => end !== undefined)),
    earliestSent,
  };
}

async function* mediaOf(
  deps: ExportMediaDeps,
  { conversationId, messages, from, reached, endOf }: Page,
  behind: number,
): AsyncIterable<Chunk> {
  for (const message of messages) {
    const { seq, content } = message;
    if (!isMediaContent(content) || seq <= behind) continue;
    const data = await readMedia(deps, { conversationId, mediaId: content.mediaId });
    const after = `${conversationId} ${from} ${seq} ${reached}`;
    const file = mediaFile(conversationId, seq, content);
    if (data !== undefined) yield { file, isWhole: true, data, after, ...earliest([message], endOf) };
  }
}
