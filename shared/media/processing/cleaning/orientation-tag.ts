/**
 * Exif with one tag, the orientation (1 to 8): what a viewer needs to show the picture upright, and nothing else. Exif
 * 2.32, CIPA DC-008-2019; its directory is that of TIFF 6.0 (June 1992).
 */
export function orientationTag(orientation: number): Buffer {
  const exif = Buffer.alloc(26);
  exif.write('MM\0*', 0, 'latin1');
  exif.writeUInt32BE(8, 4); // where the first directory is
  exif.writeUInt16BE(1, 8); // it has one entry:
  exif.writeUInt16BE(0x0112, 10); // orientation,
  exif.writeUInt16BE(3, 12); // a 16-bit number,
  exif.writeUInt32BE(1, 14); // one of it
  exif.writeUInt16BE(orientation, 18);
  return exif;
}
