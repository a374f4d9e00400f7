import { createHash } from 'node:crypto';
import middy from '@middy/core';
import { finalizeUpload } from '../../shared/media/finalize-upload.ts';
import {
  type FinalizeUploadResult,
  finalizeUploadRequest,
} from '../../shared/media/finalize-upload-request.ts';
import { defaultMediaLimits } from '../../shared/media/processing/media-limits.ts';
import { processMedia, processPoster } from '../../shared/media/processing/process-media.ts';
import { silenceDecoders } from '../../shared/media/processing/silence-decoders.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { MediaFacts } from '../../shared/protocol/media/table.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { systemClock } from '../../shared/time.ts';
import { withoutImpressions } from '../../shared/transient/without-impressions.ts';

silenceDecoders();

const env = readEnvironment('mediaTable', 'mediaBucket', 'messagesStored');
const deps = {
  media: mediaStore(documentClient(), env.mediaTable),
  objects: mediaObjectStore(objectClient(), env.mediaBucket),
  process: processMedia,
  processPoster,
  mediaLimits: defaultMediaLimits,
  recorded: env.messagesStored ? (media: MediaFacts) => media : withoutImpressions,
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64'),
  now: systemClock,
};

/** Called by `send` alone, which waits. */
export const handler = middy().handler(async (event: unknown): Promise<FinalizeUploadResult> => {
  try {
    return { ok: true, media: await finalizeUpload(deps, finalizeUploadRequest.parse(event)) };
  } catch (error) {
    if (error instanceof ProtocolError) return { ok: false, code: error.code };
    throw error;
  }
});
