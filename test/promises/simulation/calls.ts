import type { Faults } from './faults.ts';
import { inInvocation, thisInvocation } from './invocation.ts';
import type { Random } from './random.ts';
import { refusedFor } from './refused.ts';
import type { Timeline } from './timeline.ts';

export type CallsDeps = {
  readonly time: Timeline;
  readonly random: Random;
  readonly faults: Faults;
  readonly onStep: (name: string) => void;
};

/** Every call of a function to AWS: a step, at which anything may go wrong that may go wrong there. */
export type Calls = <Result>(name: string, effect: () => Result) => Promise<Result>;

export function callsOf({ time, random, faults, onStep }: CallsDeps): Calls {
  return async (name, effect) => {
    const invocation = thisInvocation();
    return new Promise((resolve, reject) => {
      const isLate = faults.happens('late call');
      time.after(isLate ? random.between(500, 8_000) : random.between(1, 15), () => step(true));

      function step(isFirst: boolean): void {
        if (invocation.isOver) return;
        onStep(name);
        if (isFirst && faults.happens('crash before a call')) invocation.kill('crash');
        else if (isFirst && faults.happens('call refused')) reject(refusedFor(name));
        else carryOut(isFirst);
      }

      function carryOut(isFirst: boolean): void {
        const isRepeated = isFirst && faults.happens('call twice');
        const settle = attempt();
        if (isFirst && faults.happens('crash after a call')) invocation.kill('crash');
        // The client of the SDK has not heard of the first attempt and makes another one.
        else if (isRepeated) time.after(random.between(50, 500), () => step(false));
        else if (faults.happens('late answer'))
          time.after(random.between(200, 5_000), () => {
            if (!invocation.isOver) settle();
          });
        else settle();
      }

      function attempt(): () => void {
        try {
          const result = inInvocation(invocation, effect);
          return () => resolve(result);
        } catch (error) {
          return () => reject(error);
        }
      }
    });
  };
}
