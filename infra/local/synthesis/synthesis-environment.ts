/** What decides what comes out; the rest only lets a program run. The context of the CDK is not the caller's. */
const deciding = /^(CDK_(?!CONTEXT_JSON$)|AWS_REGION$|AWS_DEFAULT_REGION$|NODE_OPTIONS$)/;
const enabling = /^(PATH|HOME|TMPDIR|LANG|LC_ALL)$/;

const matching = (pattern: RegExp, environment: NodeJS.ProcessEnv): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => pattern.test(name)));

/** A synthesis sees nothing else of this machine, so that nothing else can decide. */
export const synthesisEnvironment = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...matching(enabling, environment),
  ...matching(deciding, environment),
});

/** Two syntheses of the same sources and configuration differ by nothing but this. */
export const decidingEnvironment = (environment: NodeJS.ProcessEnv = process.env): string =>
  JSON.stringify(Object.entries(matching(deciding, environment)).toSorted());
