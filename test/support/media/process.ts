import { defaultMediaLimits, type MediaLimits } from '../../../shared/media/processing/media-limits.ts';
import { processMedia } from '../../../shared/media/processing/process-media.ts';
import type { MediaKind, ProcessedMedia } from '../../../shared/media/processing/processed-media.ts';

/** As the function does it, under the limits that nobody changed; of a copy, so that a test has the source to compare with. */
export const processed = (
  source: Uint8Array,
  kind: MediaKind,
  contentType: string,
  limits: MediaLimits = defaultMediaLimits,
): Promise<ProcessedMedia> => processMedia(Uint8Array.from(source), { kind, contentType }, limits);

/** What a client is told of media that is not what it says. */
export const mismatch = expect.objectContaining({ code: 'MEDIA_MISMATCH' });
