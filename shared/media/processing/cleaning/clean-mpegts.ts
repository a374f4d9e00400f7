import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { keepProgram, type TsSection } from './mpegts-programs.ts';

const packetBytes = 188;
const sync = 0x47;
const noPacket = 0x1fff;

/** Behind a packet's header and what adapts it (ISO/IEC 13818-1:2019, section 2.4.3.2). Private data in there is zeroed. */
function payloadAt(bytes: Buffer, at: number): number {
  const control = bytes.readUInt8(at + 3) & 0x30;
  if ((control & 0x20) === 0) return at + 4;
  const length = bytes.readUInt8(at + 4);
  refuseUnless(length < packetBytes - 4);
  const flags = length > 0 ? bytes.readUInt8(at + 5) : 0;
  if (flags & 2) {
    const privateAt = at + 6 + (flags & 0x10 ? 6 : 0) + (flags & 8 ? 6 : 0) + (flags & 4 ? 1 : 0);
    bytes.fill(0, Math.min(privateAt + 1, at + 5 + length), at + 5 + length);
  }
  return control & 0x10 ? at + 5 + length : at + packetBytes;
}

/** A table that begins and ends in this packet; one that does not is not understood here. */
function sectionAt(bytes: Buffer, at: number): TsSection | undefined {
  const payload = payloadAt(bytes, at);
  if ((bytes.readUInt8(at + 1) & 0x40) === 0 || payload >= at + packetBytes) return undefined;
  const start = payload + 1 + bytes.readUInt8(payload);
  refuseUnless(start + 8 < at + packetBytes);
  const end = start + 3 + (bytes.readUInt16BE(start + 1) & 0xfff);
  refuseUnless(end <= at + packetBytes && end - start >= 12);
  return { start, end, limit: at + packetBytes };
}

function forget(bytes: Buffer, at: number): void {
  bytes.writeUInt16BE(noPacket, at + 1);
  bytes.writeUInt8(0x10, at + 3);
  bytes.fill(0xff, at + 4, at + packetBytes);
}

/** How far apart packets are: on discs and cameras each has four bytes of time before it. */
export const tsStride = (bytes: Buffer): { readonly first: number; readonly stride: number } | undefined =>
  [
    { first: 0, stride: packetBytes },
    { first: 4, stride: packetBytes + 4 },
  ].find(
    ({ first, stride }) =>
      bytes.length >= first + packetBytes &&
      [0, 1, 2].every(
        (packet) =>
          first + packet * stride >= bytes.length || bytes.readUInt8(first + packet * stride) === sync,
      ),
  );

/**
 * The tables of programs and the streams of pictures and sound that they name. Names of stations, guides, texts and timed
 * metadata become empty packets of the same length.
 */
export function cleanMpegts(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const form = tsStride(bytes);
  refuseUnless(form !== undefined);
  const programs = new Set<number>();
  const streams = new Set<number>();
  let at = form.first;
  for (; at + packetBytes <= bytes.length && bytes.readUInt8(at) === sync; at += form.stride) {
    const pid = bytes.readUInt16BE(at + 1) & 0x1fff;
    if (pid === 0) {
      const section = sectionAt(bytes, at);
      refuseUnless(section !== undefined);
      for (let entry = section.start + 8; entry + 4 <= section.end - 4; entry += 4)
        if (bytes.readUInt16BE(entry) > 0) programs.add(bytes.readUInt16BE(entry + 2) & 0x1fff);
    } else if (programs.has(pid)) {
      const section = sectionAt(bytes, at);
      refuseUnless(section !== undefined);
      for (const stream of keepProgram(bytes, section)) streams.add(stream);
    } else if (streams.has(pid)) payloadAt(bytes, at);
    else forget(bytes, at);
  }
  refuseUnless(streams.size > 0);
  return bytes.subarray(0, Math.min(bytes.length, at - form.first));
}
