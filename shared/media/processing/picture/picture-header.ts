import type { MediaLimits } from '../media-limits.ts';
import type { FormatName } from '../media-types.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { jpegHeader } from './jpeg-header.ts';
import { loadVipsFor } from './load-vips.ts';

export type PictureHeader = {
  /** Of Exif: 1 is upright, 2 to 8 are turned or mirrored. */
  readonly orientation: number;
  /** As shown. */
  readonly width: number;
  readonly height: number;
};

/** What the picture says of itself; no pixel is decoded, so a bomb is refused while it is small. */
export async function readPictureHeader(
  source: Uint8Array,
  format: FormatName,
  limits: MediaLimits,
): Promise<PictureHeader> {
  const { width, height, orientation } =
    format === 'jpeg' ? jpegHeader(source) : await readByVips(source, format);
  refuseUnless(width > 0 && height > 0 && width * height <= limits.pixels);
  return orientation >= 5 && orientation <= 8
    ? { orientation, width: height, height: width }
    : { orientation: orientation >= 2 && orientation <= 4 ? orientation : 1, width, height };
}

async function readByVips(source: Uint8Array, format: FormatName): Promise<PictureHeader> {
  const vips = await loadVipsFor(format);
  const picture = vips.Image.newFromBuffer(source, '');
  try {
    const { width, height } = picture;
    const orientation = picture.getTypeof('orientation') === 0 ? 1 : picture.getInt('orientation');
    return { orientation, width, height };
  } finally {
    picture.delete();
  }
}
