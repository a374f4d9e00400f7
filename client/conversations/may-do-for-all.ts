import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { Rules } from '../../shared/protocol/session/table.ts';

type Place = Pick<ConversationSummary, 'kind' | 'role'>;

/** Whether one is its owner or an admin. */
export const leads = ({ role }: Pick<ConversationSummary, 'role'>): boolean =>
  role === 'owner' || role === 'admin';

/** Whether one may pin there. Where the server does not tell its rules, only who surely may. */
export function mayPin({ kind, role }: Place, rules: Rules | undefined): boolean {
  return kind === 'direct' || leads({ role }) || (kind === 'group' && rules?.groups.pin === 'members');
}

/** Whether one may mention everybody there, likewise; in a room nobody does. */
export function mayMentionAll({ kind, role }: Place, rules: Rules | undefined): boolean {
  return kind === 'group' && (leads({ role }) || rules?.groups.mentionAll === 'members');
}
