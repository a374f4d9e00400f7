/** Of qpdf compiled to WebAssembly, what is used here: the package's own types leave out how it is started. */
declare module '@neslinesli93/qpdf-wasm' {
  export interface Qpdf {
    callMain(options: readonly string[]): number;
    readonly FS: {
      writeFile(path: string, bytes: Uint8Array): void;
      readFile(path: string): Uint8Array;
    };
  }
  export default function load(options: {
    readonly instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ) => object;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }): Promise<Qpdf>;
}
