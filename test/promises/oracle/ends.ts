type Policy = {
  readonly seconds: number;
  /** The first function that goes by it, and from when on all do. */
  readonly begun: number;
  readonly complete: number;
  /** From when on no longer all do, and the last function that did is gone. */
  left: number;
  over: number;
};

type Stamped = { readonly sentAt: number; readonly expiresAt: number };

/** When something ends, whatever policies come and go: what has ended once stays so. */
export type Ends = {
  /** New functions begin to take over; at `complete` the old ones are gone. */
  change(now: number): { complete(now: number, seconds: number): void };
  /** From when on nobody may see it. */
  endOf(stamped: Stamped): number;
  /** Until when nobody may take it away: while old and new functions run side by side either may be right. */
  safeUntil(stamped: Stamped): number;
};

const never = Number.POSITIVE_INFINITY;

export function endsUnder(seconds: number, start: number): Ends {
  const policies: Policy[] = [{ seconds, begun: start, complete: start, left: never, over: never }];
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
          policies.push({ seconds: next, begun, complete: now, left: never, over: never });
        },
      };
    },
    endOf: (stamped) => earliest(stamped, ({ complete, left }) => [complete, left]),
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
