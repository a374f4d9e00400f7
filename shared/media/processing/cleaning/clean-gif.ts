import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

const trailer = 0x3b;
const image = 0x2c;
const extension = 0x21;
const graphicControl = 0xf9;
const application = 0xff;
const headerBytes = 13;
/** How often an animation repeats. */
const loops = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/** What a viewer makes room for, whatever the size of the frames. */
export function gifCanvasPixels(source: Uint8Array): number {
  const bytes = asBuffer(source);
  return bytes.readUInt16LE(6) * bytes.readUInt16LE(8);
}

const colourTableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Sub-blocks, each with its length before it, end with an empty one. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += 1 + length;
  return at + 1;
}

const isKept = (bytes: Buffer, at: number): boolean => {
  const label = bytes.readUInt8(at + 1);
  return (
    label === graphicControl ||
    (label === application && loops.includes(bytes.toString('latin1', at + 3, at + 14)))
  );
};

const loopBytes = 19;

/** Of an animation's repetition the first block: others may follow, of anything. */
const extensionOnly = (bytes: Buffer, at: number, end: number): Buffer =>
  bytes.readUInt8(at + 1) === application && end - at > loopBytes
    ? Buffer.concat([bytes.subarray(at, at + loopBytes - 1), Buffer.from([0])])
    : bytes.subarray(at, end);

/**
 * Without comments, XMP, other applications' blocks and whatever follows the image; every frame as it was. CompuServe,
 * Graphics Interchange Format Version 89a, 31 July 1990: sections 15 and 16 for the sub-blocks, 26 for applications.
 */
export function cleanGif(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const firstBlock = headerBytes + colourTableBytes(bytes.readUInt8(10));
  const kept = [bytes.subarray(0, firstBlock)];
  for (let at = firstBlock; ; ) {
    const kind = bytes.readUInt8(at);
    if (kind === trailer) return Buffer.concat([...kept, bytes.subarray(at, at + 1)]);
    refuseUnless(kind === image || kind === extension);
    const blocks = kind === extension ? at + 2 : at + 11 + colourTableBytes(bytes.readUInt8(at + 9));
    const end = endOfBlocks(bytes, blocks);
    if (kind === image) kept.push(bytes.subarray(at, end));
    else if (isKept(bytes, at)) kept.push(extensionOnly(bytes, at, end));
    at = end;
  }
}
