import type { Hold } from '../../shared/stores/privacy/hold.ts';
import type { AskedHolds, AskHolds, HoldStore } from '../../shared/stores/privacy/hold-store.ts';
import { type Holds, type HoldTarget, holdsInForce } from '../../shared/stores/privacy/holds.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';
import type { Step } from './step.ts';

/** The holds in memory, with the consistency that DynamoDB gives to one partition. */
export function holdWorld() {
  const all = new Map<string, Hold>();
  const inForce = (): Holds => holdsInForce(all.values());
  const key = (target: HoldTarget) => holdKey(target).at;
  const isAsBefore = (target: HoldTarget, before: Hold | undefined) =>
    all.get(key(target))?.revision === before?.revision && all.get(key(target))?.since === before?.since;

  function deps(step: Step): HoldStore {
    return {
      among: async (asked) => step(() => amongHolds(inForce(), asked)),
      async *each(after = '') {
        for (const at of [...all.keys()].toSorted()) {
          const hold = at > after ? await step(() => all.get(at)) : undefined;
          if (hold !== undefined) yield hold;
        }
      },
      find: async (target) => step(() => all.get(key(target))),
      replace: async (hold, before) =>
        step(() => {
          if (!isAsBefore(hold.target, before)) return false;
          all.set(key(hold.target), { ...hold, revision: (before?.revision ?? 0) + 1 });
          return true;
        }),
      remove: async (hold) => step(() => isAsBefore(hold.target, hold) && all.delete(key(hold.target))),
    };
  }

  return { all, inForce, deps };
}

/** Who asks for one of these holds is told of it. */
export function askingFor(holds: Partial<Holds> = {}): AskHolds {
  return async (asked) => amongHolds({ users: new Set(), conversations: new Set(), ...holds }, asked);
}

/** Of those in force the ones that are asked for. */
export function amongHolds(
  { users, conversations }: Holds,
  { users: userIds = [], conversations: conversationIds = [] }: AskedHolds,
): Holds {
  return {
    users: new Set(userIds.filter((id) => users.has(id))),
    conversations: new Set(conversationIds.filter((id) => conversations.has(id))),
  };
}
