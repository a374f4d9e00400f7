import { type Environment, environmentVariables } from './environment.ts';

/**
 * Nothing but this file reads process.env in a function. Each variable is read and parsed when it is asked for; one that is
 * missing or wrong is told to `onProblem`, by its name, and is undefined here.
 */
export function readEnvironment(onProblem: (problem: string) => void): Environment {
  const properties = Object.entries(environmentVariables).map(([key, { name, schema }]) => {
    const get = () => {
      const parsed = schema.safeParse(process.env[name]);
      if (parsed.success) return parsed.data;
      for (const { message } of parsed.error.issues) onProblem(`${name}: ${message}`);
      return undefined;
    };
    return [key, { get }];
  });
  return Object.defineProperties({}, Object.fromEntries(properties)) as Environment;
}

/** As it is at any time: what Lambda itself puts there for clients of AWS. */
export const lambdaVariables: Readonly<Record<string, string | undefined>> = process.env;
