import { cleanFileName } from '../protocol/media/file-name.ts';
import type { MediaContent } from '../protocol/messages/table.ts';

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/heic': '.heic',
  'image/avif': '.avif',
  'audio/wav': '.wav',
  'audio/mpeg': '.mp3',
  'audio/aac': '.aac',
  'audio/flac': '.flac',
  'audio/ogg': '.ogg',
  'audio/mp4': '.m4a',
  'audio/webm': '.webm',
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
};

/**
 * The message's number with an ending, by which a system knows how to open it: that of what was found in the bytes, else
 * the sender's. Nothing of the name itself: it is in `messages/`, and two messages may bring the same.
 */
export function mediaName(seq: number, content: MediaContent): string {
  return `${seq}${endings[bareType(content.media.contentType)] ?? ownEnding(content.name) ?? '.bin'}`;
}

/** Where it lies in the zip. */
export function mediaFile(conversationId: string, seq: number, content: MediaContent): string {
  return `media/${conversationId}/${mediaName(seq, content)}`;
}

/** Without parameters such as `codecs`. */
const bareType = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase();

function ownEnding(name: string | undefined): string | undefined {
  return /\.[A-Za-z0-9]{1,10}$/.exec(cleanFileName(name ?? ''))?.[0].toLowerCase();
}
