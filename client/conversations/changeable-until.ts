import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { Rules } from '../../shared/protocol/session/table.ts';
import { leads } from './may-do-for-all.ts';

/** Milliseconds of the server's clock; 0: never, infinite: for good, or as far as this client knows. */
export type ChangeableUntil = { readonly edit: number; readonly recall: number };

/** Until when one may change a message of one's own. Who leads a group or a room takes back theirs at any time. */
export function changeableUntil(
  place: Pick<ConversationSummary, 'kind' | 'role'>,
  rules: Rules | undefined,
  sentAt: number,
): ChangeableUntil {
  const after = (seconds: number | undefined) => {
    if (seconds === undefined) return Number.POSITIVE_INFINITY;
    return seconds === 0 ? 0 : sentAt + seconds * 1000;
  };
  const isLeader = place.kind !== 'direct' && leads(place);
  return {
    edit: after(rules?.editSeconds),
    recall: isLeader ? Number.POSITIVE_INFINITY : after(rules?.recallSeconds),
  };
}
