import { refuseUnless } from '../refuse-unless.ts';
import { freeBox, type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { tracksOf } from './iso-file.ts';
import { fragmentRanges, fragmentTrack } from './mp4-fragments.ts';
import { sampleRanges } from './mp4-samples.ts';
import type { Range } from './zero-outside.ts';

/** By its handler: ISO/IEC 14496-12:2015, section 8.4.3. */
export const handlerOf = (bytes: Buffer, track: IsoBox): string => {
  const [handler] = isoBoxesAt(bytes, track, ['mdia', 'hdlr']);
  refuseUnless(handler !== undefined);
  return bytes.toString('latin1', handler.body + 8, handler.body + 12);
};

const numberOf = (bytes: Buffer, track: IsoBox): number => {
  const [header] = isoBoxesAt(bytes, track, ['tkhd']);
  refuseUnless(header !== undefined);
  return bytes.readUInt32BE(header.body + (bytes.readUInt8(header.body) === 1 ? 20 : 12));
};

/** Tracks to which another one points as its chapters: pictures of them may be a track too. */
function chapterTracks(bytes: Buffer, tracks: readonly IsoBox[]): ReadonlySet<number> {
  const lists = tracks.flatMap((track) => isoBoxesAt(bytes, track, ['tref', 'chap']));
  return new Set(
    lists.flatMap(({ body, end }) =>
      Array.from({ length: Math.floor((end - body) / 4) }, (_, index) =>
        bytes.readUInt32BE(body + index * 4),
      ),
    ),
  );
}

/**
 * Frees every track but those with these handlers: texts, chapters, places, faces, motion and times of day, in fragments
 * too. Answers where the samples of the kept ones lie.
 */
export function keepTracks(
  bytes: Buffer,
  file: readonly IsoBox[],
  handlers: ReadonlySet<string>,
): readonly Range[] {
  const tracks = tracksOf(bytes, file);
  const chapters = chapterTracks(bytes, tracks);
  const kept = tracks.filter(
    (track) => handlers.has(handlerOf(bytes, track)) && !chapters.has(numberOf(bytes, track)),
  );
  const numbers = new Set(kept.map((track) => numberOf(bytes, track)));
  const ranges = [
    ...kept.map((track) => sampleRanges(bytes, track, handlerOf(bytes, track) === 'soun')),
    fragmentRanges(bytes, file, (track) => numbers.has(track)),
  ].flat();
  for (const track of tracks) if (!kept.includes(track)) freeBox(bytes, track);
  for (const moof of file.filter(({ type }) => type === 'moof'))
    for (const traf of isoBoxes(bytes, moof.body, moof.end))
      if (traf.type === 'traf' && !numbers.has(fragmentTrack(bytes, traf))) freeBox(bytes, traf);
  return ranges;
}
