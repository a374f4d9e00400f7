import { asBuffer } from '../as-buffer.ts';
import { keptFlacBlocks } from './flac-blocks.ts';
import { type OggPage, oggPages, seal } from './ogg-pages.ts';
import { type OggCodec, oggCodec } from './ogg-streams.ts';
import { emptyXiphComment } from './xiph-comments.ts';

type Segment = { readonly page: OggPage; readonly from: number; readonly to: number };

/** A stream while its first packets pass by. */
type Stream = { readonly codec: OggCodec; left: number; seen: number; packet: Segment[] };

/** FLAC's blocks of metadata have a packet each. RFC 9639, section 10.1: the first is a comment, so it stays one, empty. */
function emptyFlacBlock(packet: Buffer): boolean {
  const header = packet.readUInt8(0);
  const block = header & 0x7f;
  if (!keptFlacBlocks.includes(block)) packet.fill(0, 4);
  if (!keptFlacBlocks.includes(block) && block !== 4) packet.writeUInt8((header & 0x80) | 1, 0);
  return (header & 0x80) !== 0;
}

/** Whether it was the last that is no sound and no picture. */
function mendPacket({ codec: { codec }, seen }: Stream, packet: Buffer): boolean {
  if (seen === 0) return false;
  if (codec === 'flac') return emptyFlacBlock(packet);
  if (seen === 1 && codec === 'speex') packet.fill(0);
  else if (seen === 1 && codec === 'vp8') packet.fill(0, Math.min(7, packet.length));
  else if (seen === 1) emptyXiphComment(packet);
  return false;
}

/** A packet may lie in the segments of many pages: what was changed in it is laid back there. */
function mend(stream: Stream): void {
  const before = Buffer.concat(stream.packet.map(({ page, from, to }) => page.body.subarray(from, to)));
  const packet = Buffer.from(before);
  const isLast = packet.length === 0 || mendPacket(stream, packet);
  stream.seen += 1;
  stream.left = isLast ? 0 : stream.left - 1;
  let at = 0;
  for (const { page, from, to } of packet.equals(before) ? [] : stream.packet) {
    packet.copy(page.body, from, at, at + to - from);
    at += to - from;
    seal(page);
  }
  stream.packet = [];
}

function passHeaders(stream: Stream, page: OggPage): void {
  let from = 0;
  let to = 0;
  for (const length of page.lacing) {
    to += length;
    if (length === 255) continue;
    stream.packet.push({ page, from, to });
    from = to;
    mend(stream);
    if (stream.left <= 0) return;
  }
  if (to > from) stream.packet.push({ page, from, to });
}

/**
 * Without the comments of Opus (RFC 7845, April 2016, section 5.2), Vorbis, Theora, Speex and FLAC: names, places,
 * pictures. Streams that are neither sound nor picture are left out, and so is what follows the last page. Every packet of
 * sound and pictures as it was.
 */
export function cleanOgg(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const streams = new Map<number, Stream>();
  const kept: Buffer[] = [];
  for (const page of oggPages(bytes)) {
    if (page.isFirst) {
      const codec = oggCodec(page);
      if (codec === undefined) streams.delete(page.serial);
      else streams.set(page.serial, { codec, left: codec.headers(page.body), seen: 0, packet: [] });
    }
    const stream = streams.get(page.serial);
    if (stream === undefined) continue;
    if (stream.left > 0) passHeaders(stream, page);
    kept.push(page.bytes);
  }
  return kept.reduce((sum, page) => sum + page.length, 0) === bytes.length ? bytes : Buffer.concat(kept);
}
