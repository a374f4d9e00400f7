import type { Content } from '../../shared/protocol/messages/frames.ts';
import type { SendResult } from '../../shared/protocol/messages/table.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { Connector } from '../connection/connector.ts';
import { retryingRequest } from '../connection/retrying-request.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { LapseClientOptions } from '../options/options.ts';
import { backoff } from '../time/backoff.ts';
import { LapseError } from '../wire/lapse-error.ts';
import { type DownloadMedia, downloadMedia } from './download-media.ts';
import { mediaKind } from './media-kind.ts';
import { transientMedia } from './transient-media.ts';
import { type MediaFile, type Upload, uploadMedia } from './upload-media.ts';

export type ClientMedia = {
  send(
    conversationId: string,
    file: MediaFile,
    upload: Upload & { readonly caption?: string | undefined },
    sendContent: (content: Content) => Promise<SendResult>,
  ): Promise<SendResult>;
  readonly download: DownloadMedia;
  forget(): void;
};

type ClientMediaParts = {
  readonly events: Pick<Emitter<ClientEvents>, 'on'>;
  readonly connection: Pick<Connector, 'request' | 'state'>;
  readonly hello: () => HelloResult | undefined;
};

const blobOf = ({ bytes, contentType }: Pick<MediaFile, 'bytes' | 'contentType'>): Blob =>
  new Blob([bytes], { type: contentType });

/** The ways of media: to the store before its message, and back with it. */
export function clientMedia(
  { events, connection: { request, state }, hello }: ClientMediaParts,
  { fetch, clock, random }: Required<LapseClientOptions>,
): ClientMedia {
  const transfer = {
    request: retryingRequest({ on: events.on, state, request }),
    fetch,
    pause: (attempt: number) =>
      new Promise<void>((resolve) => void clock.after(backoff(attempt, random), resolve)),
  };
  const transient = transientMedia({
    on: events.on,
    active: () => hello()?.retention.messages.handoverSeconds !== undefined,
    download: downloadMedia(transfer),
    received: (conversationId, seq) => request('download', { conversationId, seq, received: true }),
  });

  /** A film goes without a poster that is larger than a picture may be. */
  async function uploadPoster(
    conversationId: string,
    poster: NonNullable<MediaFile['poster']>,
    { signal }: Upload,
  ): Promise<string | undefined> {
    try {
      return await uploadMedia(transfer, conversationId, { ...poster, kind: 'image' }, { signal });
    } catch (error) {
      if (error instanceof LapseError && error.code === 'TOO_LARGE') return undefined;
      throw error;
    }
  }

  return {
    async send(conversationId, file, { caption, ...upload }, sendContent) {
      const { name, contentType, kind = mediaKind(contentType) } = file;
      const poster = kind === 'video' ? file.poster : undefined;
      const posterId = poster && (await uploadPoster(conversationId, poster, upload));
      const mediaId = await uploadMedia(transfer, conversationId, file, upload);
      const forgetUpload = transient.holdOwn(mediaId, { whole: blobOf(file), small: blobOf(poster ?? file) });
      const said = { ...(caption !== undefined && { caption }), ...(name !== undefined && { name }) };
      const content = contentOf();
      return sendContent(content).finally(forgetUpload);

      function contentOf(): Content {
        if (kind === 'video')
          return { type: kind, mediaId, ...said, ...(posterId !== undefined && { posterId }) };
        if (kind !== 'audio') return { type: kind, mediaId, ...said };
        const { name: _name, ...unnamed } = said;
        return file.voice === true
          ? { type: kind, mediaId, ...unnamed, voice: true }
          : { type: kind, mediaId, ...said };
      }
    },
    download: transient.download,
    forget: transient.forget,
  };
}
