import { ProtocolError } from '../../protocol/errors.ts';
import { DecoderMissing, forgetDecoders } from './decoders.ts';
import { detectType } from './detect-type.ts';
import { processFile } from './file/process-file.ts';
import { formatOf } from './media-types.ts';
import { processPicture } from './picture/process-picture.ts';
import type { ProcessMedia } from './processed-media.ts';
import { refusePolyglot } from './refuse-polyglot.ts';
import { refuseUnless } from './refuse-unless.ts';
import { processRecording } from './track/process-recording.ts';

const process: ProcessMedia = async (source, { kind, contentType }, limits) => {
  const detected = await detectType(source);
  if (kind === 'file') return processFile(source, contentType, detected, limits);
  const format = formatOf(detected ?? '');
  const realType = format?.contentTypes[kind];
  refuseUnless(format !== undefined && realType !== undefined && format === formatOf(contentType));
  refusePolyglot(source);
  return kind === 'image'
    ? processPicture(source, format.name, realType, limits)
    : processRecording(source, format.name, kind, realType, limits);
};

/** No network and no clock in here: but for a decoder that is missing, what fails, fails for the bytes. */
export const processMedia: ProcessMedia = async (source, declared, limits) => {
  try {
    return await process(source, declared, limits);
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof DecoderMissing) throw error;
    if (error instanceof WebAssembly.RuntimeError) forgetDecoders();
    throw new ProtocolError('MEDIA_MISMATCH');
  }
};
