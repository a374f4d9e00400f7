import { loadVips } from '../../../shared/media/processing/picture/load-vips.ts';

export type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp';

const savers = {
  jpeg: ['jpegsaveBuffer', { Q: 80, keep: 'none' }],
  png: ['pngsaveBuffer', { keep: 'none' }],
  gif: ['gifsaveBuffer', { keep: 'none' }],
  webp: ['webpsaveBuffer', { lossless: true, keep: 'none' }],
} as const;

/** A gradient without any metadata, its bytes as an encoder writes them. */
export async function picture(format: PictureFormat, width = 64, height = 48): Promise<Buffer> {
  const vips = await loadVips();
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7 + (at >> 6) * 13) % 256);
  const image: any = vips.Image.newFromMemory(pixels, width, height, 3, 'uchar');
  const [save, options] = savers[format];
  return Buffer.from(image.copy({ interpretation: 'srgb' })[save](options));
}

/** How many frames a decoder finds. */
export async function framesOf(bytes: Uint8Array): Promise<number> {
  const vips = await loadVips();
  const image = vips.Image.newFromBuffer(bytes, '');
  return image.getTypeof('n-pages') === 0 ? 1 : image.getInt('n-pages');
}

/** Red, green and blue of every pixel, as it is shown. */
export async function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  const vips = await loadVips();
  const image: any = vips.Image.newFromBuffer(bytes, '');
  return Buffer.from(image.autorot().writeToMemory());
}
