import { readHistory } from '../../shared/messages/read-history.ts';
import { announceReactions } from '../../shared/reactions/announce-reactions.ts';
import { markOwn } from '../../shared/reactions/mark-own.ts';
import { type ReactDeps, react } from '../../shared/reactions/react.ts';
import { type TakeOffReactionsDeps, takeOffReactions } from '../../shared/reactions/take-off-reactions.ts';
import { tellReactions } from '../../shared/reactions/tell-reactions.ts';
import { changeStore } from '../../shared/stores/changes/change-store.ts';
import { lastRevStore } from '../../shared/stores/conversations/last-rev-store.ts';
import { messageChangeStore } from '../../shared/stores/message-changes/message-change-store.ts';
import type { ReactedJob } from '../../shared/stores/queue/reacted-job.ts';
import type { RoomJob } from '../../shared/stores/queue/room-job.ts';
import { ownReactionStore } from '../../shared/stores/reactions/own-reaction-store.ts';
import { type OwnReactions, toOwnReactions } from '../../shared/stores/reactions/own-reactions.ts';
import { reactionStore } from '../../shared/stores/reactions/reaction-store.ts';
import { epochMillis } from '../../shared/time.ts';
import type { MembersWorld } from './members-world.ts';
import { direct, type Step } from './step.ts';

export type Asked = {
  readonly id: string;
  readonly seq: number;
  readonly emoji: string;
  readonly on: boolean;
};

const endOfTime = epochMillis(Number.MAX_SAFE_INTEGER);

/** Who gives what to the messages of such a group, in the real stores on its tables. */
export function reactionsWorld(world: MembersWorld) {
  const { conversationId, databaseOf, parts, engine } = world;
  const jobs: ReactedJob[] = [];
  const roomJobs: RoomJob[] = [];

  function depsOf(step: Step) {
    const db = databaseOf(step);
    const tables = { sends: 'sends', messages: 'messages', changes: 'changes' };
    const made = parts(step);
    return {
      ...made,
      reactions: reactionStore(
        db,
        { messages: 'messages', changes: 'changes', personal: 'personal' },
        messageChangeStore(db, tables),
      ),
      changes: changeStore(db, 'changes'),
      revs: lastRevStore(db, 'conversations'),
      reactedJobs: { add: async (job: ReactedJob) => step(() => void jobs.push(job)) },
      roomJobs: { addAll: async (more: readonly RoomJob[]) => step(() => void roomJobs.push(...more)) },
    };
  }

  function reactDeps(step: Step): ReactDeps {
    const made = depsOf(step);
    return { ...made, announce: announceReactions(made) };
  }

  const takingOff = (step: Step): TakeOffReactionsDeps => depsOf(step);

  return {
    jobs,
    roomJobs,
    depsOf,
    react: async (step: Step, userId: string, asked: Asked, device = 1) =>
      react(reactDeps(step), { userId, connectionId: `${userId}-${device}` }, { conversationId, ...asked }),
    /** All that somebody has given, as the erasure of their account takes it off. */
    async takeOff(step: Step, userId: string) {
      for (const row of this.rowsOf(userId)) await takeOffReactions(takingOff(step))(userId, row, endOfTime);
    },
    async tellAll() {
      for (const { reactedTo } of jobs.splice(0))
        await tellReactions(depsOf(direct), conversationId, [reactedTo]);
    },
    history: async (userId: string) => {
      const own = ownReactionStore(databaseOf(direct), 'personal');
      const deps = { ...parts(direct), markOwn: markOwn(own) };
      return (await readHistory(deps, userId, { action: 'history', id: 'h', conversationId })).messages;
    },
    rowsOf: (userId: string): readonly OwnReactions[] =>
      [...engine.items('personal')]
        .filter((row) => row['userId'] === userId)
        .flatMap((row) => toOwnReactions(row) ?? []),
    changes: () =>
      [...engine.items('changes')]
        .map((row) => ({ rev: Number(row['rev']), seqs: row['seqs'] as readonly number[] }))
        .toSorted((one, other) => one.rev - other.rev),
    message: (seq: number): Readonly<Record<string, unknown>> | undefined =>
      [...engine.items('messages')].find((row) => row['seq'] === seq),
  };
}
