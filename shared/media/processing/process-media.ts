import { ProtocolError } from '../../protocol/errors.ts';
import { DecoderMissing, forgetDecoders } from './decoders.ts';
import { detectType } from './detect-type.ts';
import { processFile } from './file/process-file.ts';
import type { MediaLimits } from './media-limits.ts';
import { formatOf } from './media-types.ts';
import type { Small } from './picture/preview.ts';
import { processPicture } from './picture/process-picture.ts';
import type { Declared, ProcessedMedia, ProcessMedia } from './processed-media.ts';
import { refusePolyglot } from './refuse-polyglot.ts';
import { refuseUnless } from './refuse-unless.ts';
import { processRecording } from './track/process-recording.ts';

/** The bytes decide what they are; that they were called otherwise, such as a PNG a JPEG, is nobody's fault. */
async function process(
  source: Uint8Array,
  { kind, contentType }: Declared,
  limits: MediaLimits,
  small: Small,
): Promise<ProcessedMedia> {
  const detected = await detectType(source);
  if (kind === 'file') return processFile(source, contentType, detected, limits);
  const format = formatOf(detected ?? '');
  const realType = format?.contentTypes[kind];
  refuseUnless(format !== undefined && realType !== undefined);
  refusePolyglot(source);
  return kind === 'image'
    ? processPicture(source, format.name, realType, limits, small)
    : processRecording(source, format.name, kind, realType, limits);
}

/** No network and no clock in here: but for a decoder that is missing, what fails, fails for the bytes. */
const processing =
  (small: Small): ProcessMedia =>
  async (source, declared, limits) => {
    try {
      return await process(source, declared, limits, small);
    } catch (error) {
      if (error instanceof ProtocolError || error instanceof DecoderMissing) throw error;
      if (error instanceof WebAssembly.RuntimeError) forgetDecoders();
      throw new ProtocolError('MEDIA_MISMATCH');
    }
  };

export const processMedia = processing({ name: 'thumbnail', edge: 320 });

/** A picture that stands for a film, as large as it is shown on a screen of two pixels to one; itself it is not kept. */
export const processPoster = processing({ name: 'poster', edge: 640 });
