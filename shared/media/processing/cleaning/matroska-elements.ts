import { refuseUnless } from '../refuse-unless.ts';
import { type EbmlElement, ebmlElementAt } from './ebml-elements.ts';

export const matroskaIds = {
  header: 0x1a45_dfa3,
  segment: 0x1853_8067,
  cluster: 0x1f43_b675,
  seekHead: 0x114d_9b74,
  info: 0x1549_a966,
  tracks: 0x1654_ae6b,
  cues: 0x1c53_bb6b,
};
const insideSegment = new Set([
  ...Object.values(matroskaIds),
  ...[0x1043_a770, 0x1254_c367, 0x1941_a469], // chapters, tags, attachments
]);

/**
 * The elements of the one recording that begins here, segments and clusters before what they hold: both may be of unknown
 * length. What follows the segment, or a second header, does not belong to it.
 */
export function* matroskaElements(bytes: Buffer): Generator<EbmlElement> {
  let endOfSegment = bytes.length;
  let cluster: EbmlElement | undefined;
  for (let at = 0; at < endOfSegment; ) {
    if (at === cluster?.end) cluster = undefined;
    const within = cluster !== undefined && !cluster.isOpen ? cluster.end : endOfSegment;
    const element = ebmlElementAt(bytes, at, within);
    const { id, isOpen, body, end } = element;
    if (id === matroskaIds.header && at > 0) return;
    refuseUnless(!isOpen || id === matroskaIds.segment || id === matroskaIds.cluster);
    yield element;
    if (id === matroskaIds.segment) endOfSegment = end;
    if (id === matroskaIds.cluster) cluster = element;
    else if (insideSegment.has(id)) cluster = undefined;
    at = id === matroskaIds.segment || id === matroskaIds.cluster ? body : end;
  }
}
