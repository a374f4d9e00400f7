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
      const { bytes, name, contentType, kind = mediaKind(contentType) } = file;
      const mediaId = await uploadMedia(transfer, conversationId, file, upload);
      const forgetUpload = handed.uploaded(mediaId, new Blob([bytes], { type: contentType }));
      const said = { ...(caption !== undefined && { caption }), ...(name !== undefined && { name }) };
      return say({ type: kind, mediaId, ...said }).finally(forgetUpload);
    },
    download: handed.download,
    forget: handed.forget,
  };
}
