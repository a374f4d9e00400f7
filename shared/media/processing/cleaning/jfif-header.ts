/**
 * JFIF, ITU-T T.871 (May 2011): marker, length, name, version and density; the last two bytes are the size of the small
 * picture that follows.
 */
const headerBytes = 18;

/** Without that small picture, which may show what was cut away from the large one. */
export function jfifHeader(segment: Buffer): Buffer {
  if (segment.length <= headerBytes) return segment;
  const header = Buffer.from(segment.subarray(0, headerBytes));
  header.writeUInt16BE(headerBytes - 2, 2);
  header.writeUInt16BE(0, headerBytes - 2);
  return header;
}
