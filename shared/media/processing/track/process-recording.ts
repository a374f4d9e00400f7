import { cleaners } from '../cleaning/clean-media.ts';
import type { MediaLimits } from '../media-limits.ts';
import type { MediaFormat } from '../media-types.ts';
import type { ProcessedMedia } from '../processed-media.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { openRecording } from './open-recording.ts';
import { waveform } from './waveform.ts';

/** Sound or a film without what its recorder wrote into it, measured on what is kept. */
export async function processRecording(
  source: Uint8Array,
  { name }: MediaFormat,
  kind: 'audio' | 'video',
  contentType: string,
  limits: MediaLimits,
): Promise<ProcessedMedia> {
  const bytes = cleaners[name](source, 1);
  using input = openRecording(bytes, name);
  const film = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  const durationMs = Math.round((await input.computeDuration()) * 1_000);
  refuseUnless(durationMs > 0 && durationMs <= limits.durationMs);
  const facts = { contentType, bytes: bytes.length, durationMs };
  if (kind === 'audio') {
    refuseUnless(film === null && sound !== null);
    const peaks = await waveform(sound, durationMs);
    return { bytes, facts: { ...facts, ...(peaks && { waveform: peaks }) }, derivatives: [] };
  }
  refuseUnless(film !== null);
  const [width, height] = [await film.getDisplayWidth(), await film.getDisplayHeight()];
  refuseUnless(width > 0 && height > 0 && width * height <= limits.pixels);
  return { bytes, facts: { ...facts, width, height }, derivatives: [] };
}
