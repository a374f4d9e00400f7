/** A program of its own: esbuild's memory is free again when the system starts. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundle } from '../../bundle.ts';
import { bundledBootstrap } from '../functions/bundled-bootstrap.ts';

const [, , target = ''] = process.argv;

bundle(join(process.cwd(), 'functions'), target);
// What every function process starts with: bundled too, none of them has to strip types first.
buildSync({
  entryPoints: [join('infra', 'local', 'functions', 'bootstrap.ts')],
  outfile: join(target, bundledBootstrap),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  logLevel: 'error',
});
