import { marker } from './fixture.ts';

const ascii = 2;
const short = 3;
const long = 4;
const rational = 5;

/** Big-endian Exif as a phone writes it: a camera, an orientation and a place. */
export function personalExif(orientation = 1): Buffer {
  const camera = Buffer.from(`${marker}-camera\0`, 'latin1');
  const directory = 8;
  const cameraAt = directory + 2 + 3 * 12 + 4;
  const gpsAt = cameraAt + camera.length + (camera.length % 2);
  const latitudeAt = gpsAt + 2 + 2 * 12 + 4;
  const exif = Buffer.alloc(latitudeAt + 24);
  exif.write('MM\0*', 0, 'latin1');
  exif.writeUInt32BE(directory, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    exif.writeUInt16BE(tag, at);
    exif.writeUInt16BE(type, at + 2);
    exif.writeUInt32BE(count, at + 4);
    if (type === short) exif.writeUInt16BE(value, at + 8);
    else exif.writeUInt32BE(value, at + 8);
  };
  exif.writeUInt16BE(3, directory);
  entry(directory + 2, 0x0110, ascii, camera.length, cameraAt);
  entry(directory + 14, 0x0112, short, 1, orientation);
  entry(directory + 26, 0x8825, long, 1, gpsAt);
  camera.copy(exif, cameraAt);
  exif.writeUInt16BE(2, gpsAt);
  entry(gpsAt + 2, 1, ascii, 2, 0x4e00_0000); // north
  entry(gpsAt + 14, 2, rational, 3, latitudeAt);
  for (const [index, degrees] of [52, 31, 12].entries()) {
    exif.writeUInt32BE(degrees, latitudeAt + index * 8);
    exif.writeUInt32BE(1, latitudeAt + index * 8 + 4);
  }
  return exif;
}
