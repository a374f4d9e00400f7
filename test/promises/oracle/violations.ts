/** A promise that did not hold. */
export type Violation = {
  readonly kind: string;
  readonly detail: string;
  readonly at: number;
  readonly step: number;
};

export type Violations = {
  add(kind: string, detail: string): void;
  /** The first of each kind. */
  readonly first: ReadonlyMap<string, Violation>;
};

export function violationsAt(now: () => number, step: () => number): Violations {
  const first = new Map<string, Violation>();
  return {
    first,
    add(kind, detail) {
      if (!first.has(kind)) first.set(kind, { kind, detail, at: now(), step: step() });
    },
  };
}
