import type { OpenResult } from '../protocol/conversations/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';

/**
 * Tells whoever of the members of a group is connected, but for the connection that opened it; its title only where nobody keeps
 * it.
 */
export type TellOpened = (opened: OpenResult, connectionId: string, title?: string) => Promise<void>;

/** A hint, tried once: the group is there, whoever hears of it. Who waits is no member, and hears nothing. */
export function tellOpened(deps: FanOutToMembersDeps): TellOpened {
  return async ({ conversationId, kind, members: named, waiting = [], lastSeq }, connectionId, title) => {
    const members = named.filter((userId) => !waiting.includes(userId));
    const rows = new Map(members.map((userId) => [userId, { userId, readSeq: 0 }]));
    const titled = title !== undefined && { title };
    const push = { type: 'opened', conversationId, kind, members, lastSeq, ...titled } as const;
    await fanOutToMembers(deps, { members: rows }, push, (each) => each.connectionId !== connectionId).catch(
      () => deps.metrics.put({ FanOutFailures: 1 }),
    );
  };
}
