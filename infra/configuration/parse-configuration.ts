import type * as z from 'zod';
import { type Configuration, configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { numberFault } from './number-fault.ts';

/** Throws a ConfigurationError with one line per fault: where it stands, which key, what is allowed. */
export function parseConfiguration(source: string, input: unknown): Configuration {
  const parsed = configuration.safeParse(input, { error: numberFault });
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues
      .flatMap(keysAndMessages)
      .map(([key, message]) => `${source}: ${key === '' ? '' : `${key}: `}${message}`),
  );
}

/** Several unknown keys arrive as one issue at the object that holds them. */
function keysAndMessages(issue: z.core.$ZodIssue): readonly (readonly [key: string, message: string])[] {
  const path = issue.path.map(String);
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  return paths.map((parts) => [parts.map(printable).join('.'), issue.message]);
}

/** A key is the operator's text: quoted where it would break the line. */
function printable(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
