import { randomUUID } from 'node:crypto';
import type { Given } from './command.ts';

/** A repeat under the same id does nothing twice; without one each call is an act of its own. */
export function actId({ options: { id } }: Given): string {
  return typeof id === 'string' ? id : randomUUID();
}
