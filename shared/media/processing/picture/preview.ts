import { rgbaToThumbHash } from 'thumbhash';
import type { Vips } from 'wasm-vips';
import type { Derivative } from '../processed-media.ts';
import type { Pixels } from './decode-heif.ts';
import { loadVips } from './load-vips.ts';

/** A small picture that is kept beside the large one, and its longer edge. */
export type Small = { readonly name: Derivative['name']; readonly edge: number };
export type Preview = { readonly small: Derivative; readonly placeholder: string };

/** ThumbHash takes at most 100. */
const placeholderEdge = 100;

type Reduced = ReturnType<Vips['Image']['thumbnailBuffer']>;
type Reduce = (vips: Vips, edge: number) => Reduced;

const within = (edge: number) => ({ height: edge, size: 'down', output_profile: 'srgb' });

/** Reads the whole picture, of an animation the first frame; a damaged one fails. */
export const previewOf = (source: Uint8Array, small: Small): Promise<Preview> =>
  preview(small, (vips, edge) =>
    vips.Image.thumbnailBuffer(source, edge, { ...within(edge), option_string: '[fail_on=error]' }),
  );

export const previewOfPixels = ({ rgba, width, height }: Pixels, small: Small): Promise<Preview> =>
  preview(small, (vips, edge) => {
    const picture = vips.Image.newFromMemory(rgba, width, height, 4, 'uchar');
    try {
      return picture.thumbnailImage(edge, within(edge));
    } finally {
      picture.delete();
    }
  });

async function preview({ name, edge }: Small, reduce: Reduce): Promise<Preview> {
  const vips = await loadVips();
  const bytes = withPicture(reduce(vips, edge), (picture) =>
    Uint8Array.from(picture.webpsaveBuffer({ Q: 75, keep: 'none' })),
  );
  const smallest = vips.Image.thumbnailBuffer(bytes, placeholderEdge, within(placeholderEdge));
  const placeholder = withPicture(smallest, thumbHash);
  return { small: { name, contentType: 'image/webp', bytes }, placeholder };
}

function thumbHash(picture: Reduced): string {
  const { width, height } = picture;
  const opaque = picture.hasAlpha() ? picture : picture.addalpha();
  const hash = rgbaToThumbHash(width, height, opaque.writeToMemory());
  if (opaque !== picture) opaque.delete();
  return Buffer.from(hash).toString('base64');
}

/** WebAssembly's memory is not collected: what was made there is given back. */
function withPicture<T>(picture: Reduced, use: (picture: Reduced) => T): T {
  try {
    return use(picture);
  } finally {
    picture.delete();
  }
}
