import { ProtocolError } from '../protocol/errors.ts';
import { finalizeMarginSeconds, isUnswept, type MediaRecord } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import type { FinalizeUploadRequest } from './finalize-upload-request.ts';

export type FindUploadDeps = { readonly media: Pick<MediaStore, 'get'>; readonly now: Clock };
type Wanted = Pick<FinalizeUploadRequest, 'mediaId' | 'kind' | 'userId' | 'conversationId' | 'sendId'>;

/** An upload that this send may have: its sender's own, for that conversation and of that kind, and no other send's. */
export async function findUpload({ media, now }: FindUploadDeps, wanted: Wanted): Promise<MediaRecord> {
  const record = await media.get(wanted.mediaId);
  if (record === undefined || !belongs(record, wanted)) throw new ProtocolError('MEDIA_MISMATCH');
  if (isAboutToBeSwept(record, now()))
    // Whoever repeats a send hears what became of it once the sweeper has looked.
    throw new ProtocolError(record.sendId === undefined ? 'MEDIA_MISMATCH' : 'CONFLICT');
  return record;
}

function belongs(record: MediaRecord, { userId, conversationId, kind, sendId }: Wanted): boolean {
  const { owner, isCancelled, sendId: taken = sendId } = record;
  if (isCancelled === true) return false;
  return (
    owner === userId && record.conversationId === conversationId && record.kind === kind && taken === sendId
  );
}

/** From then on no send may begin to rely on it. */
export function isAboutToBeSwept(record: MediaRecord, now: number): boolean {
  const { sweepAt = 0 } = record;
  return isUnswept(record) && sweepAt - finalizeMarginSeconds <= epochSeconds(now);
}
