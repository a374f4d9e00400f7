import type * as z from 'zod';
import { type Configuration, configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { numberFault } from './section.ts';

/** Throws a ConfigurationError with one line for each faulty key: where it stands, which it is, what is allowed. */
export function parseConfiguration(source: string, input: unknown): Configuration {
  const parsed = configuration.safeParse(input, { error: numberFault });
  if (parsed.success) return parsed.data;
  const faults = new Map(parsed.error.issues.flatMap(faultsOf));
  throw new ConfigurationError(
    [...faults].map(([key, message]) => `${source}: ${key === '' ? '' : `${key}: `}${message}`),
  );
}

type Fault = readonly [key: string, message: string];

/** Several unknown keys arrive as one issue at the object that holds them. */
function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => [keyOf([...issue.path, key]), issue.message]);
  const inner = issue.code === 'invalid_union' ? faultsWithin(issue) : [];
  return inner.length > 0 ? inner : [[keyOf(issue.path), issue.message]];
}

/** Of the form that the value has: only there something is wrong further in. */
function faultsWithin({ path, errors }: z.core.$ZodIssueInvalidUnion): readonly Fault[] {
  const within = errors.find((issues) => issues.some((issue) => issue.path.length > 0)) ?? [];
  return within.map((issue) => [keyOf([...path, ...issue.path]), issue.message]);
}

const keyOf = (path: readonly PropertyKey[]): string => path.map((part) => printable(String(part))).join('.');

/** A key is the operator's text: quoted where it would break the line. */
function printable(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
