import type { FormatName } from '../media-types.ts';
import { trackCodecs } from './track-codecs.ts';

/** What a WebM may hold (webmproject.org); anything else makes it a Matroska. */
const webmCodecs = new Set(['V_VP8', 'V_VP9', 'V_AV1', 'A_VORBIS', 'A_OPUS']);
/** What telephones of the third generation recorded with (3GPP TS 26.244), and players of MP4 do not know. */
const phoneCodecs = new Set(['s263', 'h263', 'samr', 'sawb', 'sawp', 'sevc', 'sqcp']);

/** How a container is called by what its tracks are: H.264 in Matroska is no WebM. Undefined for what is no container. */
export function containerType(source: Uint8Array, name: FormatName): string | undefined {
  const tracks = trackCodecs(source, name);
  if (tracks.length === 0) return undefined;
  const kind = tracks.some(({ isFilm }) => isFilm) ? 'video' : 'audio';
  const has = (codecs: ReadonlySet<string>): boolean => tracks.some(({ codec }) => codecs.has(codec));
  if (name === 'mp4') return has(phoneCodecs) ? `${kind}/3gpp` : `${kind}/mp4`;
  if (name === 'webm')
    return tracks.every(({ codec }) => webmCodecs.has(codec)) ? `${kind}/webm` : `${kind}/matroska`;
  return name === 'ogg' ? `${kind}/ogg` : undefined;
}
