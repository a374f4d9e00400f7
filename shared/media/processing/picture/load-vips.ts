import { loadOnce } from '../decoders.ts';

/** Without operation cache: nothing of one picture is kept for the next. One thread: a function has one or two cores. */
export const loadVips = loadOnce(async () => {
  const { default: load } = await import('wasm-vips');
  const vips = await load({
    dynamicLibraries: [],
    preRun: ({ ENV }) => {
      ENV['VIPS_WARNING'] = 'silent'; // it would tell stderr of every damaged picture
    },
  });
  vips.Cache.max(0);
  vips.concurrency(1);
  return vips;
});
