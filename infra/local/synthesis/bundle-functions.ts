/** A program of its own: esbuild's memory is free again when the system starts. */
import { join } from 'node:path';
import { bundle } from '../../bundle.ts';

bundle(join(process.cwd(), 'functions'), process.argv[2] ?? '');
