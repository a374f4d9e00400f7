import { loadOnce } from '../decoders.ts';
import type { MediaLimits } from '../media-limits.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** One decoder: it gives back the memory of a picture when it is handed the next. */
const loadDecoder = loadOnce(async () => {
  const { default: load } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
  return new (load().HeifDecoder)();
});

export type Pixels = { readonly rgba: Uint8Array; readonly width: number; readonly height: number };

/** The pixels of a HEIC, upright; libvips has no decoder for HEVC. */
export async function decodeHeif(source: Uint8Array, limits: MediaLimits): Promise<Pixels> {
  const decoder = await loadDecoder();
  const pictures = decoder.decode(source);
  try {
    const picture = pictures[0];
    refuseUnless(picture !== undefined);
    const [width, height] = [picture.get_width(), picture.get_height()];
    refuseUnless(width * height <= limits.pixels);
    const data = new Uint8ClampedArray(width * height * 4);
    const painted = await new Promise((resolve) => picture.display({ data, width, height }, resolve));
    refuseUnless(painted !== undefined && painted !== null);
    return { rgba: new Uint8Array(data.buffer), width, height };
  } finally {
    for (const picture of pictures) picture.free();
  }
}
