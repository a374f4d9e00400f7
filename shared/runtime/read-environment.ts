import * as z from 'zod';
import { type Environment, type EnvironmentKey, environmentVariables } from './environment.ts';

/** The only reader of process.env in a function. Throws at cold start, naming everything that is missing. */
export function readEnvironment<Key extends EnvironmentKey>(...keys: Key[]): Pick<Environment, Key> {
  const shape = Object.fromEntries(
    keys.map((key) => [environmentVariables[key].name, environmentVariables[key].schema]),
  );
  const parsed = z.object(shape).safeParse(process.env);
  if (!parsed.success) throw new Error(`invalid environment: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  return Object.fromEntries(keys.map((key) => [key, data[environmentVariables[key].name]])) as Pick<
    Environment,
    Key
  >;
}
