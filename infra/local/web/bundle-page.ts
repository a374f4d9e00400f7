import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { projectRoot } from '../synthesis/synthesize.ts';

export type PageFile = { readonly contentType: string; readonly body: Uint8Array };
/** What is served under which path. */
export type Page = ReadonlyMap<string, PageFile>;

const folder = join(projectRoot, 'client', 'web');
const types = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' } as const;

let bundling: Promise<Page> | undefined;

/** Bundles the reference web chat in memory; once for all who ask while it is under way. */
export function bundlePage(): Promise<Page> {
  bundling ??= bundle().finally(() => {
    bundling = undefined;
  });
  return bundling;
}

async function bundle(): Promise<Page> {
  const [html, icon] = await Promise.all([
    readFile(join(folder, 'index.html')),
    readFile(join(folder, 'icon.svg')),
  ]);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.ts'), join(folder, 'style.css')],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    // As it is served: a character in place of its escape.
    charset: 'utf8',
    logLevel: 'error',
    write: false,
  });
  // Its service is a process of its own; `buildSync` would leave that one for nobody to wait for.
  await stop();
  const built = outputFiles.map(({ path, contents }): [string, PageFile] => {
    const type = path.endsWith('.css') ? types['.css'] : types['.js'];
    return [path.slice(folder.length), { contentType: type, body: contents }];
  });
  return new Map<string, PageFile>([
    ['/', { contentType: 'text/html; charset=utf-8', body: html }],
    ['/icon.svg', { contentType: 'image/svg+xml', body: icon }],
    ...built,
  ]);
}
