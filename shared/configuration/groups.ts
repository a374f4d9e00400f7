import * as z from 'zod/mini';

/** What holds in a group whose maker says nothing else, who may add people to one, call all, and pin. */
export const groupsSchema = z.strictObject({
  /** What who joins later may read: from the start, or from their joining on. */
  history: z._default(z.enum(['start', 'joining']), 'joining'),
  /** Whether who leaves may go on reading what was theirs to read, until it ends. */
  afterLeaving: z._default(z.enum(['keep', 'nothing']), 'keep'),
  /** Who may add people: owner and admins, or all members. */
  invite: z._default(z.enum(['admins', 'members']), 'admins'),
  /** Who may mention everybody at once, likewise. */
  mentionAll: z._default(z.enum(['admins', 'members']), 'admins'),
  /** Who may pin messages for everybody, likewise. */
  pin: z._default(z.enum(['admins', 'members']), 'admins'),
});

export type Groups = z.infer<typeof groupsSchema>;
