/**
 * Packages that read files beside their own code, WebAssembly and workers: they are not bundled but laid beside the bundle
 * of the function that imports them, these files of each.
 */
export const unbundledPackages: ReadonlyMap<string, readonly string[]> = new Map([
  ['wasm-vips', ['package.json', 'lib/vips-node.mjs', 'lib/vips.wasm', 'lib/vips-heif.wasm']],
  ['@neslinesli93/qpdf-wasm', ['package.json', 'dist/qpdf.js', 'dist/qpdf.wasm']],
  ['libheif-js', ['package.json', 'libheif-wasm/libheif-bundle.mjs']],
]);
