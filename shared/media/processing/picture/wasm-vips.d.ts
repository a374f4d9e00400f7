/** Of libvips compiled to WebAssembly, what is used here: the package's own types do not resolve in an ES module. */
declare module 'wasm-vips' {
  export interface Picture {
    readonly width: number;
    readonly height: number;
    readonly interpretation: string;
    hasAlpha(): boolean;
    getTypeof(field: string): number;
    getInt(field: string): number;
    addalpha(): Picture;
    colourspace(space: string): Picture;
    copy(options: object): Picture;
    copyMemory(): Picture;
    setBlob(field: string, bytes: Uint8Array): void;
    thumbnailImage(width: number, options: object): Picture;
    webpsaveBuffer(options: object): Uint8Array;
    writeToMemory(): Uint8Array;
    delete(): void;
  }
  export interface Vips {
    readonly Image: {
      newFromBuffer(source: Uint8Array, options: string): Picture;
      newFromMemory(
        pixels: Uint8Array,
        width: number,
        height: number,
        bands: number,
        format: string,
      ): Picture;
      thumbnailBuffer(source: Uint8Array, width: number, options: object): Picture;
    };
    readonly Cache: { max(operations: number): void };
    concurrency(threads: number): void;
  }
  export default function load(options: {
    readonly dynamicLibraries: readonly string[];
    readonly preRun: (module: { readonly ENV: Record<string, string> }) => void;
  }): Promise<Vips>;
}
