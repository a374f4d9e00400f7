import { refuseUnless } from '../refuse-unless.ts';

/** The packet with the comments, by its opening; the byte at the end is Vorbis' framing bit. */
const openings = [
  { magic: Buffer.from('OpusTags', 'latin1'), framing: [] },
  { magic: Buffer.from('\u0003vorbis', 'latin1'), framing: [1] },
  { magic: Buffer.from('\u0081theora', 'latin1'), framing: [] },
];

/** No vendor, no comment, and nothing but zeros up to the length that it had: nothing behind it moves. */
export function emptyXiphComment(packet: Buffer): void {
  const opening = openings.find(({ magic }) => packet.subarray(0, magic.length).equals(magic));
  refuseUnless(opening !== undefined);
  const at = opening.magic.length;
  packet.fill(0, at);
  Buffer.from(opening.framing).copy(packet, at + 8);
}
