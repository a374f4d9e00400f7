/** Of libheif compiled to WebAssembly, what is used here. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  export interface HeifPicture {
    get_width(): number;
    get_height(): number;
    /** Calls back with undefined when the picture cannot be decoded. */
    display(
      target: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number },
      done: (painted: unknown) => void,
    ): void;
    free(): void;
  }
  export default function load(): {
    readonly HeifDecoder: new () => { decode(source: Uint8Array): readonly HeifPicture[] };
  };
}
