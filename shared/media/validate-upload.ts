import { ProtocolError } from '../protocol/errors.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MediaRecord } from '../stores/media/media-record.ts';
import type { MediaLimits } from './processing/media-limits.ts';
import type { ProcessedMedia, ProcessMedia } from './processing/processed-media.ts';

export type ValidateUploadDeps = {
  readonly objects: Pick<MediaObjectStore, 'readUpload' | 'truncateUpload'>;
  readonly process: ProcessMedia;
  /** Of what it makes, the small picture and the placeholder are taken for the film. */
  readonly processPoster: ProcessMedia;
  readonly mediaLimits: MediaLimits;
  readonly sha256: (bytes: Uint8Array) => string;
};

/** What was uploaded, if it is what it was said to be, with what was made of it. What is refused is not kept either. */
export async function validateUpload(
  deps: ValidateUploadDeps,
  media: MediaRecord,
  poster?: MediaRecord,
): Promise<ProcessedMedia> {
  const source = await uploaded(deps, media);
  const frame = poster && (await uploaded(deps, poster));
  try {
    refuseUnlessAnnounced(deps, media, source);
    if (poster === undefined || frame === undefined)
      return await deps.process(source, media, deps.mediaLimits);
    refuseUnlessAnnounced(deps, poster, frame);
    const { facts, derivatives } = await deps.processPoster(frame, poster, deps.mediaLimits);
    const film = await deps.process(source, media, deps.mediaLimits);
    const { placeholder } = facts;
    return { ...film, facts: { ...film.facts, ...(placeholder && { placeholder }) }, derivatives };
  } catch (error) {
    if (error instanceof ProtocolError) {
      await deps.objects.truncateUpload(media);
      if (poster !== undefined) await deps.objects.truncateUpload(poster);
    }
    throw error;
  }
}

async function uploaded({ objects }: ValidateUploadDeps, upload: MediaRecord): Promise<Uint8Array> {
  const bytes = await objects.readUpload(upload);
  if (bytes === undefined) throw new ProtocolError('MEDIA_MISMATCH');
  return bytes;
}

function refuseUnlessAnnounced(
  { sha256 }: ValidateUploadDeps,
  upload: MediaRecord,
  source: Uint8Array,
): void {
  if (source.length !== upload.bytes || sha256(source) !== upload.sha256)
    throw new ProtocolError('MEDIA_MISMATCH');
}
