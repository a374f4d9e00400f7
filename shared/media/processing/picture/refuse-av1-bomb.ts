import { asBuffer } from '../as-buffer.ts';
import { heifItems, itemExtents } from '../cleaning/heif-items.ts';
import { isoBoxesAt } from '../cleaning/iso-boxes.ts';
import { insideFull, isoFile, pictureMeta } from '../cleaning/iso-file.ts';
import type { MediaLimits } from '../media-limits.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { av1FrameSizes } from './av1-sequence.ts';

/** A picture and its transparency, each with tiles that reach beyond its edge. */
const mostTimes = 3;
/** Before the units that a configuration may have too, which a decoder reads first: AV1 in ISOBMFF 1.2, section 2.3.3. */
const configurationBytes = 4;

/** Of an AVIF without what it does not need: what its decoder would make room for, not what the file says of it. */
export function refuseAv1Bomb(source: Uint8Array, limits: MediaLimits): void {
  const bytes = asBuffer(source);
  const meta = pictureMeta(bytes, isoFile(bytes));
  const inside = meta && insideFull(meta);
  const [iinf] = inside ? isoBoxesAt(bytes, inside, ['iinf']) : [];
  const [iloc] = inside ? isoBoxesAt(bytes, inside, ['iloc']) : [];
  refuseUnless(meta !== undefined && iinf !== undefined && iloc !== undefined);
  const coded = new Set(heifItems(bytes, iinf).flatMap(({ id, type }) => (type === 'av01' ? [id] : [])));
  const parts = new Map<number, Buffer[]>();
  for (const { item, from, to } of itemExtents(bytes, iloc, meta))
    if (coded.has(item)) parts.set(item, [...(parts.get(item) ?? []), bytes.subarray(from, to)]);
  const configured = largestOf(
    isoBoxesAt(bytes, inside ?? meta, ['iprp', 'ipco', 'av1C']).map(({ body, end }) =>
      bytes.subarray(body + configurationBytes, end),
    ),
  );
  let pixels = 0;
  for (const part of parts.values()) {
    const largest = Math.max(configured, largestOf([Buffer.concat(part)]));
    refuseUnless(largest > 0 && largest <= limits.pixels);
    pixels += largest;
  }
  refuseUnless(pixels <= mostTimes * limits.pixels);
}

const largestOf = (parts: readonly Uint8Array[]): number =>
  Math.max(0, ...parts.flatMap(av1FrameSizes).map(({ width, height }) => width * height));
