import type { ExportObjects } from '../export/export-objects.ts';
import type { Eraser } from './eraser.ts';

/** Zips that were written for the user, also the one that is being written. */
export function eraseExports(objects: ExportObjects): Eraser {
  return async ({ userId }) => {
    const deleted = await objects.remove(userId);
    return { deleted, found: await objects.count(userId), held: 0 };
  };
}
