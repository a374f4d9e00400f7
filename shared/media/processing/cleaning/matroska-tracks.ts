import { type EbmlElement, ebmlChildren, ebmlUnsigned } from './ebml-elements.ts';
import { cleanFlacBlocks } from './flac-blocks.ts';
import { matroskaElements, matroskaIds } from './matroska-elements.ts';
import { asItIs, forget, listed, type Mend, mendMaster, type Rules } from './matroska-masters.ts';
import { emptyXiphComment } from './xiph-comments.ts';

const ids = { entry: 0xae, number: 0xd7, type: 0x83, codec: 0x86, setup: 0x63a2, video: 0xe0, alpha: 0x53c0 };
const film = 1;
const sound = 2;

/** How a picture is shaped and coloured: RFC 9559, sections 5.1.4.1.28 and 5.1.4.1.29. */
const video: Rules = new Map([
  ...listed(
    0x9a,
    0x9d,
    0x53b8,
    ids.alpha,
    0xb0,
    0xba,
    0x54aa,
    0x54bb,
    0x54cc,
    0x54dd,
    0x54b0,
    0x54ba,
    0x54b2,
  ),
  ...listed(0x54b3, 0x2e_b524, 0x55b0, 0x7670),
]);
const audio: Rules = new Map(listed(0xb5, 0x78b5, 0x9f, 0x6264, 0x52f1));

/** Number, kind, language, flags, timing and codec of a track; its names and whatever is attached to it are not listed. */
const entry = (setup: Mend): Rules =>
  new Map<number, Mend>([
    ...listed(ids.number, 0x73c5, ids.type, 0xb9, 0x88, 0x55aa, 0x9c, 0x6de7, 0x6df8, 0x23_e383, 0x23_4e7a),
    ...listed(0x23_314f, 0x55ee, ids.codec, 0x56aa, 0x56bb, 0x22_b59c, 0x22_b59d, 0x6d80),
    [ids.setup, setup],
    [ids.video, mendMaster(video)],
    [0xe1, mendMaster(audio)],
  ]);

const childOf = (bytes: Buffer, element: EbmlElement, id: number): EbmlElement | undefined =>
  ebmlChildren(bytes, element).find((child) => child.id === id);

const codecOf = (bytes: Buffer, track: EbmlElement): string => {
  const codec = childOf(bytes, track, ids.codec);
  return codec === undefined ? '' : bytes.toString('latin1', codec.body, codec.end).replace(/\0+$/, '');
};

const unsignedOf = (bytes: Buffer, track: EbmlElement, id: number): number => {
  const child = childOf(bytes, track, id);
  return child === undefined ? 0 : ebmlUnsigned(bytes, child);
};

/** Vorbis and Theora have three packets there, the second of comments: two lengths in bytes of at most 255, then all three. */
const emptySecondPacket: Mend = (bytes, { body, end }) => {
  let at = body + 1;
  const length = (): number => {
    let sum = 0;
    for (let byte = 255; byte === 255 && at < end; at += 1) sum += byte = bytes.readUInt8(at);
    return sum;
  };
  const [first, second] = [length(), length()];
  const comment = bytes.subarray(Math.min(at + first, end), Math.min(at + first + second, end));
  const before = Buffer.from(comment);
  emptyXiphComment(comment);
  return !before.equals(comment);
};

const emptyFlacBlocks: Mend = (bytes, { body, end }) => {
  const before = Buffer.from(bytes.subarray(body, end));
  cleanFlacBlocks(bytes, body + 4, end);
  return !before.equals(bytes.subarray(body, end));
};

/** A codec's setup is its own, but for those that carry the comments of their own file there. */
const setups: Readonly<Record<string, Mend>> = {
  A_VORBIS: emptySecondPacket,
  V_THEORA: emptySecondPacket,
  A_FLAC: emptyFlacBlocks,
};

const isKept = (bytes: Buffer, track: EbmlElement): boolean =>
  [film, sound].includes(unsignedOf(bytes, track, ids.type));

const mendEntry: Mend = (bytes, track) =>
  isKept(bytes, track)
    ? mendMaster(entry(setups[codecOf(bytes, track)] ?? asItIs))(bytes, track)
    : forget(bytes, track);

/** Pictures and sound stay; subtitles, buttons and timed metadata go. */
export const mendTracks: Mend = mendMaster(new Map([[ids.entry, mendEntry]]));

export type MatroskaTrack = {
  readonly number: number;
  readonly isKept: boolean;
  readonly codec: string;
  /** What is added to its blocks is their transparency, not somebody's own. */
  readonly hasAlpha: boolean;
};

export function matroskaTracks(bytes: Buffer): readonly MatroskaTrack[] {
  const lists = [...matroskaElements(bytes)].filter(({ id }) => id === matroskaIds.tracks);
  return lists
    .flatMap((tracks) => ebmlChildren(bytes, tracks))
    .filter(({ id }) => id === ids.entry)
    .map((track) => {
      const picture = childOf(bytes, track, ids.video);
      return {
        number: unsignedOf(bytes, track, ids.number),
        isKept: isKept(bytes, track),
        codec: codecOf(bytes, track),
        hasAlpha: picture !== undefined && unsignedOf(bytes, picture, ids.alpha) === 1,
      };
    });
}

/** How the kept tracks are coded, such as `V_VP9`. */
export const codecIds = (bytes: Buffer): readonly string[] =>
  matroskaTracks(bytes)
    .filter(({ isKept }) => isKept)
    .map(({ codec }) => codec);
