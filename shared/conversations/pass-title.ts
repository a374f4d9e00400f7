import type { OpenResult } from '../protocol/conversations/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';

/** Shows the title of a group to whoever of its members is connected, but for the connection that gave it. */
export type PassTitle = (opened: OpenResult, title: string, connectionId: string) => Promise<void>;

/** Where titles are not kept. A hint, tried once: the group is there, whoever hears of it. */
export function passTitle(deps: FanOutToMembersDeps): PassTitle {
  return async ({ conversationId, kind, members, lastSeq }, title, connectionId) => {
    const rows = new Map(members.map((userId) => [userId, { userId, readSeq: 0 }]));
    const push = { type: 'opened', conversationId, kind, members, lastSeq, title } as const;
    await fanOutToMembers(deps, { members: rows }, push, (each) => each.connectionId !== connectionId).catch(
      () => deps.metrics.put({ FanOutFailures: 1 }),
    );
  };
}
