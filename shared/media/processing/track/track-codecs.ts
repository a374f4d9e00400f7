import { asBuffer } from '../as-buffer.ts';
import { isoBoxes, isoBoxesAt } from '../cleaning/iso-boxes.ts';
import { isoFile, tracksOf } from '../cleaning/iso-file.ts';
import { codecIds } from '../cleaning/matroska-tracks.ts';
import { handlerOf } from '../cleaning/mp4-tracks.ts';
import { oggStreams } from '../cleaning/ogg-streams.ts';
import type { FormatName } from '../media-types.ts';

export type TrackCodec = { readonly isFilm: boolean; readonly codec: string };

function isoCodecs(bytes: Buffer): readonly TrackCodec[] {
  return tracksOf(bytes, isoFile(bytes)).flatMap((track) =>
    isoBoxesAt(bytes, track, ['mdia', 'minf', 'stbl', 'stsd']).flatMap(({ body, end }) =>
      isoBoxes(bytes, body + 8, end).map(({ type }) => ({
        isFilm: handlerOf(bytes, track) === 'vide',
        codec: type,
      })),
    ),
  );
}

const matroskaCodecs = (bytes: Buffer): readonly TrackCodec[] =>
  codecIds(bytes).map((codec) => ({ isFilm: codec.startsWith('V_'), codec }));

const oggCodecs = (bytes: Buffer): readonly TrackCodec[] =>
  oggStreams(bytes).map((codec) => ({ isFilm: codec === 'theora' || codec === 'vp8', codec }));

/** How the tracks of a container are coded, by the names that the container has for it. */
export function trackCodecs(source: Uint8Array, name: FormatName): readonly TrackCodec[] {
  const bytes = asBuffer(source);
  if (name === 'mp4' || name === 'mov') return isoCodecs(bytes);
  if (name === 'webm') return matroskaCodecs(bytes);
  return name === 'ogg' ? oggCodecs(bytes) : [];
}
