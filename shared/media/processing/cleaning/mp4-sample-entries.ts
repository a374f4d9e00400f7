import { cleanFlacBlocks } from './flac-blocks.ts';
import { freeBox, type IsoBox, isoBoxAt, isoBoxes } from './iso-boxes.ts';

/** How a decoder is set up, and how its pictures are shown; by the registered sample entries of mp4ra.org. */
const kept = new Set(
  [
    ...['avcC hvcC lhvC vvcC evcC av1C vpcC dvcC dvvC dvwC hvcE vvcE esds d263 glbl bitr fiel jpgC'],
    ...['damr dOps dfLa dac3 dec3 dac4 ddts alac dmlp wave chan chnl enda frma srat pcmC mhaC sinf'],
    ...['colr pasp clap gama btrt mdcv clli cclv SmDm CoLL st3d amve ccst auxi vexu hfov'],
  ].flatMap((list) => list.split(' ')),
);
const terminator = '\0\0\0\0';

/** Names of encoders that say no more than the codec does. */
const commonEncoder = /^(?:Lavc\d+\.\d+\.\d+ )?(?:lib)?(?:x264|x265|svtav1|aom-av1|vpx|vpx-vp9|mpeg4|h263)$/;
const nameBytes = 32;

/** A text of 31 bytes behind its length: ISO/IEC 14496-12:2015, section 12.1.3. */
function forgetEncoder(bytes: Buffer, at: number): void {
  const name = bytes.toString('latin1', at + 1, at + 1 + Math.min(31, bytes.readUInt8(at)));
  const isAll = bytes.subarray(at + 1 + name.length, at + nameBytes).every((byte) => byte === 0);
  if (!isAll || !commonEncoder.test(name)) bytes.fill(0, at, at + nameBytes);
}

/** QuickTime's palettes follow the fields of a picture of at most 256 colours. */
function colourTableBytes(bytes: Buffer, fields: number, end: number): number {
  const [depth, table] = [bytes.readUInt16BE(fields - 4) & 31, bytes.readUInt16BE(fields - 2)];
  return [1, 2, 4, 8].includes(depth) && table === 0 && fields + 8 <= end
    ? 8 + 8 * (bytes.readUInt16BE(fields + 6) + 1)
    : 0;
}

function pictureFields(bytes: Buffer, { body, end }: IsoBox): number {
  forgetEncoder(bytes, body + 42);
  return body + 78 + colourTableBytes(bytes, body + 78, end);
}

/** QuickTime's sound has fields of three versions; in ISO's own version the description box says 1. */
function soundFields(bytes: Buffer, { start, body }: IsoBox, isIsoVersion: boolean): number {
  const version = bytes.readUInt16BE(body + 8);
  if (version === 2) return start + bytes.readUInt32BE(body + 28);
  return body + (version === 1 && !isIsoVersion ? 44 : 28);
}

function keepListed(bytes: Buffer, from: number, to: number): void {
  let at = from;
  while (at + 8 <= to) {
    const box = isoBoxAt(bytes, at, to);
    at = box.end;
    if (box.type === 'wave') keepListed(bytes, box.body, box.end);
    else if (box.type === 'dfLa') cleanFlacBlocks(bytes, box.body + 4, box.end);
    else if (box.type !== terminator && box.type !== 'mp4a' && !kept.has(box.type)) freeBox(bytes, box);
  }
  bytes.fill(0, Math.min(at, to), to);
}

/** Without names, and without boxes of somebody's own, in what describes the samples of a kept track. */
export function cleanSampleDescriptions(bytes: Buffer, { body, end }: IsoBox, isSound: boolean): void {
  const isIsoVersion = bytes.readUInt8(body) === 1;
  for (const entry of isoBoxes(bytes, body + 8, end)) {
    const fields = isSound ? soundFields(bytes, entry, isIsoVersion) : pictureFields(bytes, entry);
    keepListed(bytes, fields, entry.end);
  }
}
