import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

test.each(['data-map.json', 'data-map.md', 'data-map.svg'])(
  'docs/%s is what the synthesis writes: if not, run `npm run data-map`',
  async (file) => {
    const fresh = readFileSync(join(await synthesizedAssembly(), file), 'utf8');
    expect(readFileSync(join(projectRoot, 'docs', file), 'utf8')).toBe(fresh);
  },
);
