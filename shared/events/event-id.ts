import { hash } from 'node:crypto';

/**
 * Of a fact, out of what it is known by: the same for every delivery, and no other fact's. A digest, so that no key of a table can be
 * read from it.
 */
export function eventId(...parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
