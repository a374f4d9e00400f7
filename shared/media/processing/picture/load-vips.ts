import type { Vips } from 'wasm-vips';
import { loadOnce } from '../decoders.ts';
import type { FormatName } from '../media-types.ts';

/** Without operation cache: nothing of one picture is kept for the next. One thread: a function has one or two cores. */
const vipsWith = (...dynamicLibraries: readonly string[]): (() => Promise<Vips>) =>
  loadOnce(async () => {
    const { default: load } = await import('wasm-vips');
    const vips = await load({
      dynamicLibraries,
      preRun: ({ ENV }) => {
        ENV['VIPS_WARNING'] = 'silent'; // it would tell stderr of every damaged picture
      },
    });
    vips.Cache.max(0);
    vips.concurrency(1);
    return vips;
  });

export const loadVips = vipsWith();
/** With libheif and a decoder of AV1, of 3.8 MB, which nothing else needs; of HEVC it has none. */
const loadVipsForAvif = vipsWith('vips-heif.wasm');

export const loadVipsFor = (format: FormatName): Promise<Vips> =>
  format === 'avif' ? loadVipsForAvif() : loadVips();
