import { loadOnce } from '../decoder-missing.ts';
import type { MediaLimits } from '../media-limits.ts';
import { refuseUnless } from '../refuse-unless.ts';

const loadHeif = loadOnce(async () => (await import('libheif-js/libheif-wasm/libheif-bundle.mjs')).default());

export type Pixels = { readonly rgba: Uint8Array; readonly width: number; readonly height: number };

/** The pixels of a HEIC, upright; libvips has no decoder for HEVC. */
export async function decodeHeif(source: Uint8Array, limits: MediaLimits): Promise<Pixels> {
  const { HeifDecoder } = await loadHeif();
  const pictures = new HeifDecoder().decode(source);
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
