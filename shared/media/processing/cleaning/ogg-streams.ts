import { asBuffer } from '../as-buffer.ts';
import { type OggPage, oggPages } from './ogg-pages.ts';

/** What is known of a stream by its first packet: how it is called, and how many packets come before sound and pictures. */
const codecs = [
  { codec: 'opus', opening: 'OpusHead', headers: () => 2 },
  { codec: 'vorbis', opening: '\u0001vorbis', headers: () => 3 },
  { codec: 'theora', opening: '\u0080theora', headers: () => 3 },
  { codec: 'flac', opening: '\u007fFLAC', headers: () => Number.POSITIVE_INFINITY },
  { codec: 'speex', opening: 'Speex   ', headers: (packet: Buffer) => 2 + (packet.readUInt32LE(68) & 0xff) },
  { codec: 'vp8', opening: 'OVP80', headers: () => 2 },
] as const;

export type OggCodec = (typeof codecs)[number];

/** Of the stream that begins with this page; undefined of one that is neither sound nor picture, such as lyrics. */
export const oggCodec = (page: OggPage): OggCodec | undefined =>
  codecs.find(({ opening }) => page.body.toString('latin1', 0, opening.length) === opening);

/** How the streams of sound and pictures are coded. */
export function oggStreams(source: Uint8Array): readonly OggCodec['codec'][] {
  const found = new Map<number, OggCodec['codec']>();
  for (const page of oggPages(asBuffer(source))) {
    const codec = page.isFirst ? oggCodec(page)?.codec : undefined;
    if (codec !== undefined) found.set(page.serial, codec);
  }
  return [...found.values()];
}
