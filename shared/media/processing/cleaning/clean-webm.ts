import { asBuffer } from '../as-buffer.ts';
import { type EbmlElement, ebmlChildren, ebmlNumberAt } from './ebml-elements.ts';
import { matroskaElements, matroskaIds } from './matroska-elements.ts';
import {
  asItIs,
  checksum,
  clearVoid,
  forget,
  listed,
  type Mend,
  mendMaster,
  voidSpace,
} from './matroska-masters.ts';
import { type MatroskaTrack, matroskaTracks, mendTracks } from './matroska-tracks.ts';

const block = 0xa1;
const blockGroup = 0xa0;
const simpleBlock = 0xa3;
const additions = 0x75a1;
/** Time, position and size of a cluster. */
const clusterNumbers = [0xe7, 0xa7, 0xab];

/** Programs that millions of recordings come from. */
const commonPrograms = /^(?:Lavf\d+\.\d+\.\d+|Chrome|libwebm-\d[\d.]*|QTmuxingAppLibWebM-\d[\d.]*|)$/;

const forgetProgram: Mend = (bytes, { body, end }) => {
  const isCommon = commonPrograms.test(bytes.toString('latin1', body, end).replace(/\0+$/, ''));
  if (!isCommon) bytes.fill(0, body, end);
  return !isCommon;
};

/** Scale of time, length and which program wrote it, of which two Matroska asks for: RFC 9559, section 5.1.2. */
const info = mendMaster(
  new Map([...listed(0x2a_d7b1, 0x4489), [0x4d80, forgetProgram] as const, [0x5741, forgetProgram] as const]),
);
const header = mendMaster(new Map(listed(0x4286, 0x42f7, 0x42f2, 0x42f3, 0x4282, 0x4287, 0x4285)));
const level1: ReadonlyMap<number, Mend> = new Map([
  [matroskaIds.header, header],
  [matroskaIds.segment, asItIs],
  [matroskaIds.cluster, asItIs],
  [matroskaIds.seekHead, asItIs],
  [matroskaIds.info, info],
  [matroskaIds.tracks, mendTracks],
  [matroskaIds.cues, asItIs],
  [voidSpace, clearVoid],
  [checksum, asItIs],
  ...listed(...clusterNumbers),
]);

/** Duration, references and padding of a block; what is added to it only where that is its transparency. */
const groupOf = ({ hasAlpha }: MatroskaTrack): Mend =>
  mendMaster(new Map(listed(block, 0x9b, 0xfb, 0x75a2, 0xfa, ...(hasAlpha ? [additions] : []))));

/** The blocks of tracks that go, go with them. */
function blocksOf(tracks: ReadonlyMap<number, MatroskaTrack>): Mend {
  const trackAt = (bytes: Buffer, { body }: EbmlElement): MatroskaTrack | undefined =>
    tracks.get(ebmlNumberAt(bytes, body).value);
  return (bytes, element) => {
    if (element.id === simpleBlock)
      return trackAt(bytes, element)?.isKept === true ? false : forget(bytes, element);
    const inner = ebmlChildren(bytes, element).find(({ id }) => id === block);
    const track = inner && trackAt(bytes, inner);
    return track?.isKept === true ? groupOf(track)(bytes, element) : forget(bytes, element);
  };
}

/**
 * What a player needs of a Matroska or WebM: its listed elements, tracks of sound and pictures and their blocks. Tags,
 * attachments, chapters, subtitles, names, dates and everything unknown is turned into void, and what follows the recording
 * is dropped. RFC 9559 (October 2024), section 5.1.
 */
export function cleanWebm(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const mendBlock = blocksOf(new Map(matroskaTracks(bytes).map((track) => [track.number, track])));
  let end = 0;
  let sum: EbmlElement | undefined;
  for (const element of matroskaElements(bytes)) {
    const isBlock = element.id === simpleBlock || element.id === blockGroup;
    const mend = isBlock ? mendBlock : (level1.get(element.id) ?? forget);
    if (element.id === matroskaIds.cluster) sum = undefined;
    if (element.id === checksum) sum = element;
    if (mend(bytes, element) && sum !== undefined && isBlock) forget(bytes, sum);
    end = Math.max(end, element.id === matroskaIds.segment && !element.isOpen ? element.end : 0, element.end);
  }
  return bytes.subarray(0, end);
}
