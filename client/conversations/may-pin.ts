import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';

/** Whether one surely may pin there; where the operator lets all members, the server takes it from them too. */
export const mayPin = ({ kind, role }: Pick<ConversationSummary, 'kind' | 'role'>): boolean =>
  kind === 'direct' || role === 'owner' || role === 'admin';
