import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of test/fixtures/media; its README tells how each was made. */
export const fixture = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'media', name));

/** Stands in the personal fields of everything that is made or shipped for these tests. */
export const marker = 'LAPSE-MARKER';
