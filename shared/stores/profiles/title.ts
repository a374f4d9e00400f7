import type { Clocked } from './clocked-row.ts';

/** What a group is called, which is what its author says: kept, ended, held and erased as a profile is. */
export type Title = Clocked & {
  readonly conversationId: string;
  readonly title: string;
  /** Who opened the group. */
  readonly by: string;
};

/** Only groups have one. */
export function mayHaveTitle(conversationId: string): boolean {
  return conversationId.startsWith('g-');
}
