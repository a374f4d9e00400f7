import { ProtocolError } from '../protocol/errors.ts';
import type { MediaFacts } from '../protocol/server-frames.ts';
import { type Clock, epochSeconds } from '../time.ts';
import type { AdmissionRequest } from './admission.ts';
import type { MediaObjectStore } from './media-object-store.ts';
import { admissionMarginSeconds, type MediaRecord } from './media-record.ts';
import type { MediaStore } from './media-store.ts';
import type { MediaLimits } from './processing/media-limits.ts';
import type { ProcessMedia } from './processing/processed-media.ts';

export type AdmitMediaDeps = {
  readonly media: Pick<MediaStore, 'get' | 'claim' | 'settle'>;
  readonly objects: Pick<MediaObjectStore, 'incoming' | 'put' | 'spend'>;
  readonly process: ProcessMedia;
  readonly mediaLimits: MediaLimits;
  /** What the record, from which a repeat is answered, may say of the media. */
  readonly recorded: (media: MediaFacts) => MediaFacts;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly now: Clock;
};

/** Gives media to the one send that may have it, once it was found to be what it was said to be. */
export async function admitMedia(deps: AdmitMediaDeps, request: AdmissionRequest): Promise<MediaFacts> {
  const record = await deps.media.get(request.mediaId);
  if (record === undefined || !belongs(record, request)) throw new ProtocolError('MEDIA_MISMATCH');
  if (isAboutToBeSwept(record, deps.now()))
    // Whoever repeats a send hears what became of it once the sweeper has looked.
    throw new ProtocolError(record.sendId === undefined ? 'MEDIA_MISMATCH' : 'CONFLICT');
  if (!(await deps.media.claim(request.mediaId, request.sendId))) throw new ProtocolError('MEDIA_MISMATCH');
  if (record.media === undefined) return process(deps, record);
  // Whoever looked at it may have died before this; once the sweeper has cleared the place nothing is put there.
  if (record.sweepAt !== undefined) await deps.objects.spend(record);
  return record.media;
}

function belongs(record: MediaRecord, { userId, conversationId, kind, sendId }: AdmissionRequest): boolean {
  const { owner, sendId: taken = sendId } = record;
  return (
    owner === userId && record.conversationId === conversationId && record.kind === kind && taken === sendId
  );
}

function isAboutToBeSwept({ sweepAt }: MediaRecord, now: number): boolean {
  return sweepAt !== undefined && sweepAt - admissionMarginSeconds <= epochSeconds(now);
}

/** A crash at any step leaves a record that leads the sweeper to all that was written. */
async function process(deps: AdmitMediaDeps, record: MediaRecord): Promise<MediaFacts> {
  const source = await deps.objects.incoming(record);
  if (source === undefined) throw new ProtocolError('MEDIA_MISMATCH');
  const { bytes, facts, derivatives } = await examined(deps, record, source);
  const { contentType } = facts;
  await Promise.all([
    deps.objects.put(record, { variant: 'original', contentType, bytes }),
    ...derivatives.map(async ({ name, ...rest }) => deps.objects.put(record, { variant: name, ...rest })),
  ]);
  const media: MediaFacts =
    derivatives.length === 0 ? facts : { ...facts, variants: derivatives.map(({ name }) => name) };
  await deps.media.settle(record.mediaId, deps.recorded(media));
  await deps.objects.spend(record);
  return media;
}

/** What is refused is not kept either. */
async function examined(deps: AdmitMediaDeps, record: MediaRecord, source: Uint8Array) {
  try {
    if (source.length !== record.bytes || deps.sha256(source) !== record.sha256)
      throw new ProtocolError('MEDIA_MISMATCH');
    return await deps.process(source, record, deps.mediaLimits);
  } catch (error) {
    if (error instanceof ProtocolError) await deps.objects.spend(record);
    throw error;
  }
}
