import { asBuffer } from '../as-buffer.ts';
import { oggPages } from '../cleaning/ogg-pages.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** Where the sample rate stands in the first packet: behind FLAC's mapping header (RFC 9639, section 10.1), or in Speex's own. */
const rates = [
  { opening: '\u007fFLAC', rate: (packet: Buffer) => packet.readUIntBE(27, 3) >> 4 },
  { opening: 'Speex   ', rate: (packet: Buffer) => packet.readUInt32LE(36) },
] as const;

/**
 * Of FLAC or Speex in Ogg, which the library does not read: by the sample at which the last page ends. Undefined for any other
 * stream.
 */
export function oggDurationMs(source: Uint8Array): number | undefined {
  let rate: number | undefined;
  let samples = 0;
  for (const { bytes, body, isFirst } of oggPages(asBuffer(source))) {
    const known = rates.find(({ opening }) => body.toString('latin1', 0, opening.length) === opening);
    if (isFirst && known === undefined) return undefined;
    if (isFirst) rate = known?.rate(body);
    const position = bytes.readBigInt64LE(6);
    if (position > 0) samples = Number(position);
  }
  refuseUnless(rate !== undefined && rate > 0);
  return Math.round((samples / rate) * 1_000);
}
