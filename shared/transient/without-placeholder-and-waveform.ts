import type { MediaFacts } from '../protocol/media/table.ts';

/** Type, sizes and times: where messages are not stored, no table holds anything of a picture or a sound itself. */
export function withoutPlaceholderAndWaveform({ placeholder, waveform, ...facts }: MediaFacts): MediaFacts {
  return facts;
}
