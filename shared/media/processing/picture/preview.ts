import { rgbaToThumbHash } from 'thumbhash';
import type { Vips } from 'wasm-vips';
import { type HeifColour, heifColour } from '../cleaning/heif-colour.ts';
import type { FormatName } from '../media-types.ts';
import type { Derivative } from '../processed-media.ts';
import type { Pixels } from './decode-heif.ts';
import { loadVips, loadVipsFor } from './load-vips.ts';

/** A small picture that is kept beside the large one, and its longer edge. */
export type Small = { readonly name: Derivative['name']; readonly edge: number };
export type Preview = { readonly small: Derivative; readonly placeholder: string };

/** ThumbHash takes at most 100. */
const placeholderEdge = 100;

type Picture = ReturnType<Vips['Image']['thumbnailBuffer']>;
type Reduce = (vips: Vips, edge: number) => Picture;

const withinPlain = (edge: number) => ({ height: edge, size: 'down' });
const within = (edge: number) => ({ ...withinPlain(edge), output_profile: 'srgb' });
/** What has no profile and says by a number that its colours are those of Display P3: libvips reads profiles only. */
const coloursOf = (colour: HeifColour | undefined) =>
  colour?.isDisplayP3 === true ? { input_profile: 'p3' } : {};
/** In the usual colours already: to make the way from them to themselves costs a third of all. */
const isPlain = (picture: Picture): boolean =>
  picture.interpretation === 'srgb' && picture.getTypeof('icc-profile-data') === 0;
/** A damaged picture fails, and is not shown as far as it goes. */
const strict = 'fail_on=error';
/** By how much a JPEG can be decoded smaller than it is, which costs as much less. */
const jpegShrinks = [8, 4, 2] as const;

export type Measured = { readonly format: FormatName; readonly width: number; readonly height: number };

/** Reads the whole picture, of an animation the first frame; a damaged one fails. */
export const previewOf = async (source: Uint8Array, measured: Measured, small: Small): Promise<Preview> =>
  preview(await loadVipsFor(measured.format), small, (vips, edge) => {
    const longer = Math.max(measured.width, measured.height);
    const shrink =
      measured.format === 'jpeg' ? jpegShrinks.find((times) => longer >= times * edge) : undefined;
    const colours = measured.format === 'avif' ? coloursOf(heifColour(source)) : {};
    if (shrink === undefined)
      return vips.Image.thumbnailBuffer(source, edge, {
        ...{ ...within(edge), ...colours },
        option_string: `[${strict}]`,
      });
    return using(vips.Image.newFromBuffer(source, `[shrink=${shrink},${strict}]`), (picture) =>
      picture.thumbnailImage(edge, isPlain(picture) ? withinPlain(edge) : within(edge)),
    );
  });

/** Of the pixels of a HEIC, in the colours that it says they are in. */
export const previewOfPixels = async (
  { rgba, width, height }: Pixels,
  colour: HeifColour | undefined,
  small: Small,
): Promise<Preview> =>
  preview(await loadVips(), small, (vips, edge) =>
    using(vips.Image.newFromMemory(rgba, width, height, 4, 'uchar'), (plain) =>
      using(plain.copy({ interpretation: 'srgb' }), (picture) => {
        if (colour?.profile !== undefined) picture.setBlob('icc-profile-data', colour.profile);
        return picture.thumbnailImage(edge, { ...within(edge), ...coloursOf(colour) });
      }),
    ),
  );

function preview(vips: Vips, { name, edge }: Small, reduce: Reduce): Preview {
  return using(reduce(vips, edge), (reduced) =>
    using(reduced.colourspace('srgb'), (coloured) =>
      using(coloured.copyMemory(), (picture) => {
        const bytes = Uint8Array.from(picture.webpsaveBuffer({ Q: 75, effort: 1, keep: 'none' }));
        const placeholder = using(
          picture.thumbnailImage(placeholderEdge, withinPlain(placeholderEdge)),
          thumbHash,
        );
        return { small: { name, contentType: 'image/webp', bytes }, placeholder };
      }),
    ),
  );
}

function thumbHash(picture: Picture): string {
  const { width, height } = picture;
  const opaque = picture.hasAlpha() ? picture : picture.addalpha();
  const hash = rgbaToThumbHash(width, height, opaque.writeToMemory());
  if (opaque !== picture) opaque.delete();
  return Buffer.from(hash).toString('base64');
}

/** WebAssembly's memory is not collected: what was made there is given back. */
function using<T>(picture: Picture, use: (picture: Picture) => T): T {
  try {
    return use(picture);
  } finally {
    picture.delete();
  }
}
