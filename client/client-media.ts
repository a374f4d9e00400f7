import type { Content } from '../shared/protocol/client-frames.ts';
import type { SendResult } from '../shared/protocol/server-frames.ts';
import { backoff } from './backoff.ts';
import type { ClientCore } from './client-core.ts';
import { type DownloadMedia, downloadMedia } from './download-media.ts';
import { handover } from './handover.ts';
import { mediaKind } from './media-kind.ts';
import type { LapseClientOptions } from './options.ts';
import { steadyRequest } from './steady-request.ts';
import { type MediaFile, type Upload, uploadMedia } from './upload-media.ts';

export type ClientMedia = {
  send(
    conversationId: string,
    file: MediaFile,
    upload: Upload & { readonly caption?: string | undefined },
    say: (content: Content) => Promise<SendResult>,
  ): Promise<SendResult>;
  readonly download: DownloadMedia;
  forget(): void;
};

const blobOf = ({ bytes, contentType }: Pick<MediaFile, 'bytes' | 'contentType'>): Blob =>
  new Blob([bytes], { type: contentType });

/** The ways of media: to the store before its message, and back with it. */
export function clientMedia(
  { events, connection, hello }: ClientCore,
  { fetch, clock, random }: Required<LapseClientOptions>,
): ClientMedia {
  const { request, state } = connection;
  const transfer = {
    request: steadyRequest({ on: events.on, state, request }),
    fetch,
    pause: (attempt: number) =>
      new Promise<void>((resolve) => void clock.after(backoff(attempt, random), resolve)),
  };
  const handed = handover({
    on: events.on,
    active: () => hello()?.retention.messages.handoverSeconds !== undefined,
    download: downloadMedia(transfer),
    received: (conversationId, seq) => request('download', { conversationId, seq, received: true }),
  });
  return {
    async send(conversationId, file, { caption, ...upload }, say) {
      const { name, contentType, kind = mediaKind(contentType) } = file;
      const poster = kind === 'video' ? file.poster : undefined;
      const posterId =
        poster &&
        (await uploadMedia(
          transfer,
          conversationId,
          { ...poster, kind: 'image' },
          { signal: upload.signal },
        ));
      const mediaId = await uploadMedia(transfer, conversationId, file, upload);
      const forgetUpload = handed.uploaded(mediaId, { whole: blobOf(file), small: blobOf(poster ?? file) });
      const said = { ...(caption !== undefined && { caption }), ...(name !== undefined && { name }) };
      const content: Content =
        kind === 'video'
          ? { type: kind, mediaId, ...said, ...(posterId !== undefined && { posterId }) }
          : { type: kind, mediaId, ...said };
      return say(content).finally(forgetUpload);
    },
    download: handed.download,
    forget: handed.forget,
  };
}
