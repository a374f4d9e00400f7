import type { MediaKind } from '../../shared/protocol/media/frames.ts';
import { partBytes } from '../../shared/protocol/media/part-bytes.ts';
import type { PutRequest } from '../../shared/protocol/media/table.ts';
import type { Request } from '../wire/actions.ts';
import { LapseError, notConnected } from '../wire/lapse-error.ts';
import { mediaKind } from './media-kind.ts';

export type MediaFile = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** What it is shown as; told by the content type without it. */
  readonly kind?: MediaKind;
  readonly name?: string;
  /** Of a sound: a note that somebody has spoken. It is sent without its name. */
  readonly voice?: true;
  /** Of a film: the picture that stands for it until it plays, such as a frame of it. */
  readonly poster?: Pick<MediaFile, 'bytes' | 'contentType'>;
};

/** What an app has: bytes with what they are, or a `File` or `Blob` as a browser gives it. */
export type GivenMedia = MediaFile | Blob;

export type Upload = {
  /** How many parts have arrived, of how many; most media goes in one. */
  readonly onPart?: (done: number, parts: number) => void;
  readonly signal?: AbortSignal | undefined;
};

export type MediaTransfer = {
  readonly request: Request;
  readonly fetch: typeof fetch;
  readonly pause: (attempt: number) => Promise<void>;
};

const attempts = 4;

/** Puts the bytes where the server says; answers the id to send. What is large goes in parts, of which each can be tried again. */
export async function uploadMedia(
  { request, fetch, pause }: MediaTransfer,
  conversationId: string,
  { bytes, contentType, kind = mediaKind(contentType) }: MediaFile,
  { onPart, signal }: Upload = {},
): Promise<string> {
  signal?.throwIfAborted();
  const parts = partsOf(bytes);
  const [sha256, ...hashes] = await Promise.all([bytes, ...(parts.length > 1 ? parts : [])].map(hash));
  const described = { conversationId, kind, contentType, bytes: bytes.length, sha256: sha256 ?? '' };
  const ack = await request('upload', { ...described, ...(hashes.length > 0 && { parts: hashes }) });
  const requests = 'parts' in ack ? ack.parts : [ack];
  for (const [index, each] of requests.entries()) {
    onPart?.(index, requests.length);
    await put(each, parts[index] ?? bytes);
  }
  signal?.throwIfAborted();
  onPart?.(requests.length, requests.length);
  return ack.mediaId;

  async function put({ method, url, headers }: PutRequest, body: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      const status = await fetch(url, { method, headers: { ...headers }, body, signal: signal ?? null }).then(
        (response) => response.status,
        () => undefined,
      );
      // Already there: put by an attempt whose answer was lost, since nobody can put anything else.
      if (status === 200 || status === 412) return;
      const passing = status === undefined || status === 409 || status >= 500;
      if (!passing) throw new LapseError('MEDIA_MISMATCH', 'the upload was refused', false);
      if (attempt === attempts) throw notConnected();
      await pause(attempt);
    }
  }
}

function partsOf(bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  if (bytes.length <= 2 * partBytes) return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, index) =>
    bytes.subarray(index * partBytes, (index + 1) * partBytes),
  );
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCodePoint(...digest));
}
