import { loadOnce } from '../decoder-missing.ts';

const silent = (): void => undefined;

/** Without operation cache: nothing of one picture is kept for the next. One thread: a function has one or two cores. */
export const loadVips = loadOnce(async () => {
  const { default: load } = await import('wasm-vips');
  const vips = await load({ dynamicLibraries: [], print: silent, printErr: silent });
  vips.Cache.max(0);
  vips.concurrency(1);
  return vips;
});
