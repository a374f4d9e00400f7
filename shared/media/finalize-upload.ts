import { ProtocolError } from '../protocol/errors.ts';
import type { MediaFacts } from '../protocol/media/table.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import { isUnswept, type MediaRecord } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { FinalizeUploadRequest } from './finalize-upload-request.ts';
import { type FindUploadDeps, findUpload } from './find-upload.ts';
import type { ProcessedMedia } from './processing/processed-media.ts';
import { type ValidateUploadDeps, validateUpload } from './validate-upload.ts';

export type FinalizeUploadDeps = FindUploadDeps &
  ValidateUploadDeps & {
    readonly media: Pick<MediaStore, 'claim' | 'recordFacts'>;
    readonly objects: Pick<MediaObjectStore, 'put' | 'remove'>;
    /** What the record, from which a repeat is answered, may say of the media. */
    readonly recorded: (media: MediaFacts) => MediaFacts;
  };

/** Gives media to the one send that may have it, once it was found to be what it was said to be. */
export async function finalizeUpload(
  deps: FinalizeUploadDeps,
  request: FinalizeUploadRequest,
): Promise<MediaFacts> {
  const media = await findUpload(deps, request);
  if (media.media !== undefined) {
    // Whoever looked at it may have died before this; once the sweeper has cleared the place nothing is put there.
    if (isUnswept(media)) await deps.objects.truncateUpload(media);
    const poster = await findPoster(deps, request).catch(() => undefined);
    if (poster !== undefined) await deps.objects.truncateUpload(poster);
    return media.media;
  }
  const poster = await findPoster(deps, request);
  for (const { mediaId } of poster === undefined ? [media] : [media, poster])
    if (!(await deps.media.claim(mediaId, request.sendId))) throw new ProtocolError('MEDIA_MISMATCH');
  try {
    const facts = await keep(deps, media, await validateUpload(deps, media, poster));
    await deps.objects.truncateUpload(media);
    if (poster !== undefined) await deps.objects.truncateUpload(poster);
    return facts;
  } catch (error) {
    // A send is repeated while large media is being looked at: the slower look finds the place that the other has emptied.
    const settled = error instanceof ProtocolError ? await deps.media.get(request.mediaId) : undefined;
    if (settled?.media === undefined) throw error;
    return settled.media;
  }
}

/** The picture that stands for a film: an upload of its own, which is in no message of its own. */
async function findPoster(
  deps: FinalizeUploadDeps,
  request: FinalizeUploadRequest,
): Promise<MediaRecord | undefined> {
  const { posterId: mediaId } = request;
  if (mediaId === undefined) return undefined;
  const poster = await findUpload(deps, { ...request, mediaId, kind: 'image' });
  if (poster.media !== undefined) throw new ProtocolError('MEDIA_MISMATCH');
  return poster;
}

/** A crash at any step leaves a record that leads the sweeper to all that was written. */
async function keep(
  deps: FinalizeUploadDeps,
  record: MediaRecord,
  { bytes, facts, derivatives }: ProcessedMedia,
): Promise<MediaFacts> {
  const { contentType } = facts;
  await Promise.all([
    deps.objects.put(record, { variant: 'original', contentType, bytes }),
    ...derivatives.map(async ({ name, ...rest }) => deps.objects.put(record, { variant: name, ...rest })),
  ]);
  const media: MediaFacts =
    derivatives.length === 0 ? facts : { ...facts, variants: derivatives.map(({ name }) => name) };
  if (await deps.media.recordFacts(record.mediaId, deps.recorded(media))) return media;
  // Its owner's account was erased meanwhile.
  await deps.objects.remove(record);
  throw new ProtocolError('MEDIA_MISMATCH');
}
