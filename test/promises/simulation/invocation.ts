import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of a function. */
export type Invocation = {
  readonly id: number;
  readonly functionName: string;
  readonly startedAt: number;
  readonly endsBy: number;
  /** Killed, timed out or over: nothing it has begun goes on. */
  isOver: boolean;
  /** When it first read each item of a message. */
  readonly reads: Map<string, number>;
  readonly kill: (why: string) => void;
};

export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly why: string };

const current = new AsyncLocalStorage<Invocation>();

export const inInvocation = <Result>(invocation: Invocation, act: () => Result): Result =>
  current.run(invocation, act);

export function thisInvocation(): Invocation {
  const invocation = current.getStore();
  if (invocation === undefined) throw new Error('nobody has been invoked');
  return invocation;
}
