import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';

/** Whom the person blocks, on whichever device they have done so. */
export type Blocks = {
  has(userId: string): boolean;
  all(): ReadonlySet<string>;
  /** As the server lists them. */
  replace(userIds: readonly string[]): void;
  note(change: { readonly userId: string; readonly blocked: boolean }): void;
  change(userId: string, blocked: boolean): Promise<void>;
};

export function createBlocks(events: Emitter<ClientEvents>, request: Request): Blocks {
  let blocked: ReadonlySet<string> = new Set();

  function become(next: ReadonlySet<string>): void {
    blocked = next;
    events.emit('blocked', next);
  }

  function note({
    userId,
    blocked: isBlocked,
  }: {
    readonly userId: string;
    readonly blocked: boolean;
  }): void {
    if (blocked.has(userId) === isBlocked) return;
    const others = [...blocked].filter((each) => each !== userId);
    become(new Set(isBlocked ? [...others, userId] : others));
  }

  return {
    has: (userId) => blocked.has(userId),
    all: () => blocked,
    replace(userIds) {
      if (userIds.length !== blocked.size || userIds.some((userId) => !blocked.has(userId)))
        become(new Set(userIds));
    },
    note,
    async change(userId, isBlocked) {
      await request('block', { userId, blocked: isBlocked });
      note({ userId, blocked: isBlocked });
    },
  };
}
