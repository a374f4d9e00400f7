/**
 * What people and the operator must have succeeded in for a run to show anything: an act that is always refused, because a
 * frame or a command has changed, breaks no promise either.
 */
export const needed = [
  'send text',
  'send media',
  'history',
  'download',
  'profile',
  'open',
  'read',
  'erase',
  'export',
  'consent grant',
  'consent withdraw',
  'admin-hold',
  'held',
  'admin-release',
  'admin-user-erase',
  'admin-user-export',
  'admin-user-receipts',
  'admin-purge-status',
  'deployment',
] as const;

/** Counted by name. */
export type Acts = Map<string, number>;

export function count(acts: Acts, name: string): void {
  acts.set(name, (acts.get(name) ?? 0) + 1);
}

/** A frame by its action, and by what it asks for where that is another act. */
export function actOf(frame: Readonly<Record<string, any>>): string {
  const { action, decision, content } = frame;
  if (action === 'send') return content?.type === 'text' ? 'send text' : 'send media';
  return decision === undefined ? String(action) : `${action} ${decision}`;
}
