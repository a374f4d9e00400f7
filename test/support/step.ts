/** Runs one effect on the world: when, and whether the caller lives to see the result, is the test's business. */
export type Step = <Result>(effect: () => Result) => Promise<Result>;

export const direct: Step = async (effect) => effect();
