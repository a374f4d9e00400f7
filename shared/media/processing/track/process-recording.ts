import { cleaners } from '../cleaning/clean-media.ts';
import type { MediaLimits } from '../media-limits.ts';
import type { FormatName } from '../media-types.ts';
import type { MediaFacts, ProcessedMedia } from '../processed-media.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { aacDurationMs } from './aac-duration.ts';
import { containerType } from './container-type.ts';
import { flacDurationMs } from './flac-duration.ts';
import { oggDurationMs } from './ogg-duration.ts';
import { openRecording } from './open-recording.ts';
import { refuseSampleBomb } from './refuse-sample-bomb.ts';
import { waveform } from './waveform.ts';

type Measures = Pick<MediaFacts, 'width' | 'height' | 'waveform'> & { readonly durationMs: number };

/** Sound that is measured without the library. */
const durations: Partial<Record<FormatName, (source: Uint8Array) => number | undefined>> = {
  flac: flacDurationMs,
  aac: aacDurationMs,
  ogg: oggDurationMs,
};

/** Sound or a film without what its recorder wrote into it, measured on what is kept. */
export async function processRecording(
  source: Uint8Array,
  name: FormatName,
  kind: 'audio' | 'video',
  contentType: string,
  limits: MediaLimits,
): Promise<ProcessedMedia> {
  const bytes = cleaners[name](source, 1);
  const type = containerType(bytes, name) ?? contentType;
  refuseUnless(type.startsWith(`${kind}/`));
  const durationMs = durations[name]?.(bytes);
  const measures = durationMs === undefined ? await measure(bytes, name, kind, limits) : { durationMs };
  refuseUnless(measures.durationMs > 0 && measures.durationMs <= limits.durationMs);
  return { bytes, facts: { contentType: type, bytes: bytes.length, ...measures }, derivatives: [] };
}

/** Its length by its packets, not by what a header claims. */
async function measure(
  bytes: Uint8Array,
  name: FormatName,
  kind: 'audio' | 'video',
  limits: MediaLimits,
): Promise<Measures> {
  if (name === 'mp4' || name === 'mov') refuseSampleBomb(bytes);
  using input = openRecording(bytes, name);
  const [film, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const durationMs = Math.round((await input.computeDuration()) * 1_000);
  if (kind === 'audio') {
    refuseUnless(film === null && sound !== null);
    const peaks = await waveform(sound, durationMs);
    return { durationMs, ...(peaks && { waveform: peaks }) };
  }
  refuseUnless(film !== null);
  const [width, height] = [await film.getDisplayWidth(), await film.getDisplayHeight()];
  refuseUnless(width > 0 && height > 0 && width * height <= limits.pixels);
  return { durationMs, width, height };
}
