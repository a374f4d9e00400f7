type Policy = {
  readonly seconds: number;
  /** The first function that goes by it, and from when on all do. */
  readonly begun: number;
  readonly complete: number;
  /** From when on no longer all do, and the last function that did is gone. */
  left: number;
  over: number;
  /** From when on the record of each kind says so: some function of it was asked. */
  readonly noticed: Map<Kind, number>;
};

export type Kind = 'messages' | 'profiles';

type Stamped = { readonly sentAt: number; readonly expiresAt: number };

/** When something ends, whatever policies come and go: what has ended once stays so. */
export type Ends = {
  /** New functions begin to take over; at `complete` the old ones are gone. */
  change(now: number): { complete(now: number, seconds: number): void };
  /** The record of a kind says since when the newest period is in force. */
  noticed(kind: Kind, from: number, seconds: number): void;
  /**
   * From when on nobody may see it. Functions that all go by one period must hide what it ends; once there are others, they have
   * to know of it only if a function of it was ever asked.
   */
  endOf(stamped: Stamped, kind?: Kind): number;
  /** Until when nobody may take it away: while old and new functions run side by side either may be right. */
  safeUntil(stamped: Stamped): number;
};

const never = Number.POSITIVE_INFINITY;

export function endsUnder(seconds: number, start: number): Ends {
  const policyOf = (times: Pick<Policy, 'seconds' | 'begun' | 'complete'>): Policy => ({
    ...times,
    left: never,
    over: never,
    noticed: new Map(),
  });
  const policies: Policy[] = [policyOf({ seconds, begun: start, complete: start })];
  /** Noticed while its deployment is under way. */
  let early: { readonly kind: Kind; readonly from: number; readonly seconds: number }[] = [];
  /** The shortest period that a deployment under way may bring. */
  let changing: number | undefined;
  return {
    change(begun) {
      const last = policies.at(-1);
      if (last !== undefined) last.left = begun;
      changing = begun;
      return {
        complete(now, next) {
          if (last !== undefined) last.over = now;
          changing = undefined;
          const policy = policyOf({ seconds: next, begun, complete: now });
          for (const { kind, from } of early.filter((each) => each.seconds === next))
            policy.noticed.set(kind, from);
          early = [];
          policies.push(policy);
        },
      };
    },
    noticed(kind, from, of) {
      early.push({ kind, from, seconds: of });
      const policy = policies.findLast(({ seconds: each }) => each === of);
      if (policy?.noticed.has(kind) === false) policy.noticed.set(kind, from);
    },
    endOf: (stamped, kind = 'messages') =>
      earliest(stamped, ({ complete, left, noticed }) => [
        left === never ? complete : Math.max(complete, noticed.get(kind) ?? never),
        left,
      ]),
    safeUntil: (stamped) =>
      // What a deployment under way brings is told when it is complete.
      Math.min(
        changing ?? never,
        earliest(stamped, ({ begun, over }) => [begun, over]),
      ),
  };

  function earliest(
    { sentAt, expiresAt }: Stamped,
    reign: (policy: Policy) => readonly [number, number],
  ): number {
    const ends = policies.flatMap((policy) => {
      const [from, until] = reign(policy);
      const at = Math.max(from, sentAt + policy.seconds * 1000);
      return at < until ? [at] : [];
    });
    return Math.min(expiresAt * 1000, ...ends);
  }
}
