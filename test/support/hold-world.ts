import type { Hold } from '../../shared/stores/privacy/hold.ts';
import { type HoldStore, holdKey } from '../../shared/stores/privacy/hold-store.ts';
import type { Holds } from '../../shared/stores/privacy/holds.ts';
import type { Step } from './step.ts';

/** The holds in memory, with the consistency that DynamoDB gives to one partition. */
export function holdWorld() {
  const all = new Map<string, Hold>();

  function inForce(): Holds {
    const targets = [...all.values()].flatMap(({ state, target }) => (state === 'held' ? [target] : []));
    return {
      users: new Set(targets.flatMap((target) => (target.kind === 'user' ? [target.userId] : []))),
      conversations: new Set(
        targets.flatMap((target) => (target.kind === 'conversation' ? [target.conversationId] : [])),
      ),
    };
  }

  const isAsBefore = (key: string, before: Hold | undefined) => all.get(key)?.revision === before?.revision;

  function deps(step: Step): HoldStore {
    return {
      list: async () => step(inForce),
      all: async () => step(() => [...all.values()]),
      find: async (target) => step(() => all.get(holdKey(target))),
      replace: async (hold, before) =>
        step(() => {
          const key = holdKey(hold.target);
          if (!isAsBefore(key, before)) return false;
          all.set(key, { ...hold, revision: (before?.revision ?? 0) + 1 });
          return true;
        }),
      remove: async (hold) =>
        step(() => isAsBefore(holdKey(hold.target), hold) && all.delete(holdKey(hold.target))),
    };
  }

  return { all, inForce, deps };
}
