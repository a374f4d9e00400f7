import type { MediaKind } from '../../shared/protocol/media/frames.ts';
import type { MediaFacts } from '../../shared/protocol/media/table.ts';
import { eventWords } from '../../shared/protocol/messages/event-words.ts';
import type { MediaContent, MessageContent } from '../../shared/protocol/messages/table.ts';
import { customWords } from './custom-words.ts';

/** What each kind is called to people. */
export const mediaNames = { image: 'picture', audio: 'sound', video: 'video', file: 'file' } as const;

export const mediaName = ({
  type,
  voice,
}: {
  readonly type: MediaKind;
  readonly voice?: true | undefined;
}): string => (voice === true ? 'voice message' : mediaNames[type]);

/** A content as one text: what was written, or what the media is and what was written about it. */
export function contentText(content: MessageContent): string {
  if (content.type === 'text') return content.text;
  if (content.type === 'event') return eventWords(content);
  if (content.type === 'custom') return `[${customWords(content.kind)}]`;
  return content.caption === undefined
    ? `[${mediaWords(content)}]`
    : `[${mediaWords(content)}] ${content.caption}`;
}

/** Such as `picture sea.jpg, 1600 × 1200, 245 kB`. */
export function mediaWords({ type, voice, name, media }: MediaContent): string {
  const kind = mediaName({ type, voice });
  const named = name === undefined ? kind : `${kind} ${name}`;
  return [named, ...extent(media), size(media.bytes)].join(', ');
}

function extent({ width, height, durationMs }: MediaFacts): readonly string[] {
  const area = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  return durationMs === undefined ? area : [...area, clock(durationMs)];
}

/** As on a player: `1:05`. */
export function clock(millis: number): string {
  const seconds = Math.max(1, Math.round(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
