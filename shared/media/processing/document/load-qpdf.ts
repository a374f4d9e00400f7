import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Qpdf } from '@neslinesli93/qpdf-wasm';
import { loadOnce } from '../decoders.ts';

const compile = loadOnce(async () => {
  const { default: load } = await import('@neslinesli93/qpdf-wasm');
  const beside = createRequire(import.meta.url).resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm');
  return { load, wasm: await WebAssembly.compile(await readFile(beside)) };
});

/** Compiled once, with a memory and files of its own for each document: nothing of one is there for the next. */
export async function newQpdf(): Promise<Qpdf> {
  const { load, wasm } = await compile();
  return load({
    instantiateWasm: (imports, done) => {
      void WebAssembly.instantiate(wasm, imports).then(done);
      return {};
    },
    print: () => undefined,
    printErr: () => undefined,
  });
}
