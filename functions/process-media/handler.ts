import { createHash } from 'node:crypto';
import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { messagesStored, now } from '../../shared/composition/settings.ts';
import { media, mediaObjects } from '../../shared/composition/stores.ts';
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
import { withoutPlaceholderAndWaveform } from '../../shared/transient/without-placeholder-and-waveform.ts';

silenceDecoders();

const parts = compose({ media, objects: mediaObjects, messagesStored, now });
const deps = {
  ...parts,
  process: processMedia,
  processPoster,
  mediaLimits: defaultMediaLimits,
  recorded: parts.messagesStored ? (facts: MediaFacts) => facts : withoutPlaceholderAndWaveform,
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64'),
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
