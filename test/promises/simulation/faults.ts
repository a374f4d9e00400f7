import type { Random } from './random.ts';

/** How often each of them happens, of the times that it could. */
export const faultRates = {
  'crash before a call': 0.004,
  'crash after a call': 0.004,
  'call twice': 0.002,
  'call refused': 0.002,
  'late call': 0.01,
  'late answer': 0.006,
  'stale read': 0.1,
  'late index': 0.1,
  'batch cut short': 0.05,
  'push refused': 0.03,
  'delivered twice': 0.05,
  'delivered late': 0.05,
  'clock missed': 0.02,
  'clock twice': 0.02,
  'disconnect unnoticed': 0.2,
  'new environment': 0.002,
} as const;

export type FaultKind = keyof typeof faultRates;
export type Fault = { readonly index: number; readonly kind: FaultKind; readonly at: number };

export type Faults = {
  /** Whether it happens now. */
  happens(kind: FaultKind): boolean;
  readonly injected: readonly Fault[];
  /** From now on all goes well. */
  stop(): void;
};

/** With `only`, of those that the seed asks for no others: that is how a failing run is made smaller. */
export function faultsFrom(
  random: Random,
  now: () => number,
  /** How many times as often functions die. */
  deaths: number,
  only?: ReadonlySet<number>,
): Faults {
  const injected: Fault[] = [];
  let index = 0;
  let isOver = false;
  return {
    injected,
    happens(kind) {
      index += 1;
      const isAsked = random.chance(faultRates[kind] * (kind.startsWith('crash') ? deaths : 1));
      if (!isAsked || isOver || (only !== undefined && !only.has(index))) return false;
      injected.push({ index, kind, at: now() });
      return true;
    },
    stop() {
      isOver = true;
    },
  };
}
