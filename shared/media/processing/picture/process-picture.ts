import { gifCanvasPixels } from '../cleaning/clean-gif.ts';
import { cleaners } from '../cleaning/clean-media.ts';
import { heifColour } from '../cleaning/heif-colour.ts';
import type { MediaLimits } from '../media-limits.ts';
import type { FormatName } from '../media-types.ts';
import type { ProcessedMedia } from '../processed-media.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { decodeHeif } from './decode-heif.ts';
import { readPictureHeader } from './picture-header.ts';
import { type Preview, previewOf, previewOfPixels, type Small } from './preview.ts';
import { refuseAv1Bomb } from './refuse-av1-bomb.ts';

type Picture = Preview & { readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** A picture without what its camera wrote into it. The preview is made from what is kept: so that is known to decode. */
export async function processPicture(
  source: Uint8Array,
  name: FormatName,
  contentType: string,
  limits: MediaLimits,
  beside: Small,
): Promise<ProcessedMedia> {
  const picture =
    name === 'heic'
      ? await cleanHeic(source, limits, beside)
      : await cleanOther(source, name, limits, beside);
  const { bytes, width, height, small, placeholder } = picture;
  return {
    bytes,
    facts: { contentType, bytes: bytes.length, width, height, placeholder },
    derivatives: [small],
  };
}

async function cleanHeic(source: Uint8Array, limits: MediaLimits, beside: Small): Promise<Picture> {
  const bytes = cleaners.heic(source, 1);
  const pixels = await decodeHeif(bytes, limits);
  return {
    bytes,
    width: pixels.width,
    height: pixels.height,
    ...(await previewOfPixels(pixels, heifColour(bytes), beside)),
  };
}

async function cleanOther(
  source: Uint8Array,
  name: FormatName,
  limits: MediaLimits,
  beside: Small,
): Promise<Picture> {
  if (name === 'gif') refuseUnless(gifCanvasPixels(source) <= limits.pixels);
  const { orientation, width, height } = await readPictureHeader(source, name, limits);
  const bytes = cleaners[name](source, orientation);
  if (name === 'avif') refuseAv1Bomb(bytes, limits);
  return { bytes, width, height, ...(await previewOf(bytes, { format: name, width, height }, beside)) };
}
