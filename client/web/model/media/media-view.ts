import type { MediaKind } from '../../../../shared/protocol/media/frames.ts';
import type { MediaFacts } from '../../../../shared/protocol/media/table.ts';
import { isMediaContent } from '../../../../shared/protocol/messages/media-content.ts';
import type { MessageBody, MessageContent } from '../../../../shared/protocol/messages/table.ts';
import { clock, mediaName, size } from '../../../words/content-text.ts';
import { customWords } from '../../../words/custom-words.ts';
import type { Attachment } from './attachment.ts';

/** What is shown of a picture, sound, video or file. */
export type MediaView = {
  readonly type: MediaKind;
  readonly voice?: true;
  readonly name?: string;
  readonly caption?: string;
  readonly facts: MediaFacts;
  /** Of a message; what is on its way there has none. */
  readonly place?: Place;
};
export type Place = Pick<MessageBody, 'conversationId' | 'seq'>;

export const isAmong = ({ conversationId, seq }: Place, places: readonly Place[]): boolean =>
  places.some((place) => place.seq === seq && place.conversationId === conversationId);

export function mediaOf({ conversationId, seq, content }: MessageBody): MediaView | undefined {
  if (!isMediaContent(content)) return undefined;
  const { type, voice, name, caption, media: facts } = content;
  return {
    type,
    facts,
    place: { conversationId, seq },
    ...(voice === true && { voice }),
    ...(name !== undefined && { name }),
    ...(caption !== undefined && { caption }),
  };
}

export const mediaOfAttachment = ({ kind, voice, name, contentType, bytes }: Attachment): MediaView => ({
  type: kind,
  ...(voice === true ? { voice } : { name }),
  facts: { contentType, bytes },
});

/** For those who do not see it, and as the title of what is opened. */
export const mediaTitle = ({ type, voice, name, caption }: MediaView): string =>
  caption ?? name ?? mediaName({ type, voice });

/** Such as `1:05 · 2.3 MB`. */
export const mediaSize = ({ facts: { durationMs, bytes } }: MediaView): string =>
  [...(durationMs === undefined ? [] : [clock(durationMs)]), size(bytes)].join(' · ');

/** Such as `PDF`: what its name ends with, or else its content type. */
export function mediaType({ name, facts: { contentType } }: MediaView): string {
  const extension = /\.([^.\s]{1,5})$/u.exec(name ?? '')?.[1];
  if (extension !== undefined) return extension.toUpperCase();
  return contentType === 'application/octet-stream'
    ? 'File'
    : contentType.replace(/^.*\/(x-)?/u, '').toUpperCase();
}

/** In a line or two: what was written, or what there is to be seen. */
export function preview(content: Exclude<MessageContent, { type: 'event' }>): string {
  if (content.type === 'text') return content.text;
  if (content.type === 'custom') return customWords(content.kind);
  const { name, caption } = content;
  const words = mediaName(content);
  const kind = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const said = caption ?? name;
  return said === undefined ? kind : `${kind}: ${said}`;
}
